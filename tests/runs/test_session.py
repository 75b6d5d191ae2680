"""A command leads its terminal, and is stopped and continued there."""

import errno
import os
import signal
import sys
from collections.abc import Iterator

import psutil
import pytest

from app.runs.session import Session
from tests.end2end.engine_process import wait_until


@pytest.fixture
def pair() -> Iterator[tuple[int, int]]:
    ours, theirs = os.openpty()
    yield ours, theirs
    for fd in (ours, theirs):
        os.close(fd)


def session(theirs: int, code: str) -> Session:
    return Session([sys.executable, "-c", code], os.environ, theirs, theirs, theirs)


def read_until(ours: int, end: bytes) -> None:
    """Read what is printed, as it comes in pieces."""
    printed = b""
    while not printed.endswith(end):
        printed += os.read(ours, 1_000)


def test_it_has_the_terminal_and_its_exit_code_is_told(pair: tuple[int, int]) -> None:
    ours, theirs = pair
    code = "import os, sys; print(os.tcgetpgrp(0) == os.getpgrp(), os.ttyname(1)); sys.exit(7)"
    running = session(theirs, code)
    assert running.wait() == 7
    assert running.poll() == 7
    read_until(ours, f"True {os.ttyname(theirs)}\r\n".encode())


def test_an_end_by_a_signal_is_told(pair: tuple[int, int]) -> None:
    assert session(pair[1], "import os; os.kill(os.getpid(), 11)").wait() == -signal.SIGSEGV


def test_what_cannot_run_is_told(pair: tuple[int, int]) -> None:
    with pytest.raises(FileNotFoundError) as refused:
        Session(["/nonesuch"], os.environ, pair[1], pair[1], pair[1])
    assert refused.value.errno == errno.ENOENT


def test_it_is_stopped_and_goes_on(pair: tuple[int, int]) -> None:
    ours, theirs = pair
    running = session(theirs, "print('ready', flush=True); print('got', input())")
    read_until(ours, b"ready\r\n")
    assert not running.is_stopped()
    os.write(ours, b"\x1a")
    wait_until(running.is_stopped, "the command to be stopped")
    assert psutil.Process(running.pid).status() == psutil.STATUS_STOPPED
    assert running.poll() is None
    running.go_on()
    os.write(ours, b"line\n")
    assert running.wait() == 0
    read_until(ours, b"got line\r\n")


@pytest.fixture
def hung_up() -> Iterator[None]:
    """That these tests themselves are not to notice a closed terminal, as under `nohup`, is not passed on."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


def test_a_terminal_that_is_closed_hangs_it_up(hung_up: None) -> None:
    ours, theirs = os.openpty()
    running = session(theirs, "import time; print('ready', flush=True); time.sleep(1000)")
    os.close(theirs)
    read_until(ours, b"ready\r\n")
    os.close(ours)
    assert running.wait() == -signal.SIGHUP
