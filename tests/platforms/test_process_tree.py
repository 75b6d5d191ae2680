"""Processes with what they have started, found by the list of processes."""

import os
import subprocess
import sys

import psutil

from app.platforms import process_tree
from tests.platforms.test_processes import start


def test_what_it_has_started_is_killed_too() -> None:
    process, child = start()
    with process:
        process_tree.kill(process.pid)
        assert process.wait(20)
        psutil.wait_procs([child], timeout=20)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_one_that_has_ended_is_no_matter() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait(20)
    process_tree.kill(process.pid)
    assert process_tree.cpu_seconds(process.pid) is None


def test_processor_time_is_measured() -> None:
    used = process_tree.cpu_seconds(os.getpid())
    assert used is not None
    sum(range(10_000_000))
    more = process_tree.cpu_seconds(os.getpid())
    assert more is not None
    assert more > used
