"""Processes, told from later ones of the same number."""

import os
import socket
import subprocess
import sys

from app.processes import identity

HOST = socket.gethostname()


def test_this_process_is_there() -> None:
    began = identity.started_at(os.getpid())
    assert began is not None
    assert identity.is_alive(HOST, os.getpid(), began)
    assert not identity.is_alive(HOST, os.getpid(), began - 60_000_000), "another had the number then"


def test_one_that_has_ended_is_not_even_while_it_is_not_waited_for() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = identity.started_at(process.pid)
    assert began is not None
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not identity.is_alive(HOST, process.pid, began)
    process.communicate()
    assert not identity.is_alive(HOST, process.pid, began)


def test_of_another_machine_nobody_knows() -> None:
    assert identity.is_alive("elsewhere", 1, 0)
