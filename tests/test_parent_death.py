"""A child ends with its parent, although it never releases the GIL, and so do the child's own children."""

import subprocess
import sys
from pathlib import Path

import psutil

from tests.end2end.engine_process import wait_until

ROOT = Path(__file__).parents[1]
PARENT = """
import multiprocessing, os, re, subprocess, sys, time
from app import parent_death

def held():
    os.setsid()
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    parent_death.end_with_parent(group=True)
    print(os.getpid(), started.pid, flush=True)
    re.match("(a+)+$", "a" * 60 + "b")

def alone():
    parent_death.end_with_parent()
    print(os.getpid(), flush=True)
    re.match("(a+)+$", "a" * 60 + "b")

if __name__ == "__main__":
    spawn = multiprocessing.get_context("spawn")
    for target in (held, alone):
        spawn.Process(target=target).start()
    time.sleep(600)
"""


def test_busy_children_and_grandchildren_end_with_the_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
    ) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for _child in range(2) for pid in parent.stdout.readline().split()]
        children = [psutil.Process(pid) for pid in pids]
        assert len(children) == 3
        parent.kill()
        wait_until(lambda: not any(map(runs, children)), "all to end with their parent")


def runs(process: psutil.Process) -> bool:
    """Whether the process still runs; a zombie does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
