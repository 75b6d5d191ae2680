"""The process of `listeners.py` from its own side: what it answers, where it prints, and how it ends."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import psutil
import pytest

from app.listeners import process
from app.listeners.frames import Answer, Consider, Done, ListenerFailed, Load, Ready, Request, answers, encode

PATIENCE_SECONDS = 60


class Started:
    """The process, and this end of its pipes."""

    def __init__(self) -> None:
        spawn = get_context("spawn")
        self.pipe, its_pipe = spawn.Pipe()
        self.dump, its_dump = spawn.Pipe(duplex=False)
        self.process = spawn.Process(target=process.run, args=(its_pipe, its_dump, 60.0), daemon=True)
        self.process.start()
        its_pipe.close()
        its_dump.close()
        assert self.receive() == (Ready(),)

    def receive(self) -> tuple[Answer, ...]:
        assert self.pipe.poll(PATIENCE_SECONDS)
        return answers(self.pipe.recv_bytes())

    def ask(self, request: Request) -> list[Answer]:
        """All answers to a request."""
        self.pipe.send_bytes(encode(request))
        found: list[Answer] = []
        while not found or not isinstance(found[-1], Done):
            found += self.receive()
        return found

    def load(self, file: Path, code: str) -> list[Answer]:
        file.write_text(code)
        return self.ask(Load(str(file)))

    def dumped(self) -> str:
        assert self.dump.poll(PATIENCE_SECONDS)
        return os.read(self.dump.fileno(), 65536).decode()

    def ended(self) -> int | None:
        self.process.join(PATIENCE_SECONDS)
        return self.process.exitcode

    def close(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.dump.close()


@pytest.fixture
def started() -> Iterator[Started]:
    with closing(Started()) as started:
        yield started


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "listeners.py"


def test_before_a_file_is_loaded_nothing_is_called(started: Started) -> None:
    assert started.ask(Consider((b"{}",))) == [Done()]


def test_what_a_file_has_attached_is_answered(started: Started, file: Path) -> None:
    *_answers, done = started.load(file, "def before_digest(event):\n    return event\n")
    assert done == Done(change_events=True)
    *_answers, done = started.load(file, "x = 1\n")
    assert done == Done()


def test_what_is_printed_goes_to_stderr_at_once(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    # A process that a fixture starts would not write to where this captures.
    with closing(Started()) as started:
        started.load(file, "print('hello')\nimport os\nos.write(1, b'bytes\\n')\n")
    assert capfd.readouterr() == ("", "hello\nbytes\n")


@pytest.mark.skipif(sys.platform == "win32", reason="process groups and limits of Unix")
def test_it_leads_a_group_and_its_memory_is_limited(started: Started, file: Path) -> None:
    pid = started.process.pid
    assert pid is not None
    assert os.getpgid(pid) == pid
    code = "import resource\nraise OSError(resource.getrlimit(resource.RLIMIT_DATA)[0])\n"
    (failed,) = [answer for answer in started.load(file, code) if isinstance(answer, ListenerFailed)]
    assert str(process.MEMORY_BYTES) in failed.error


def test_it_ignores_ctrl_c(started: Started, file: Path) -> None:
    code = "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n"
    assert not [answer for answer in started.load(file, code) if isinstance(answer, ListenerFailed)]


def test_it_ends_with_its_pipe_whatever_its_threads_do(started: Started, file: Path) -> None:
    started.load(file, "import threading\nthreading.Thread(target=threading.Event().wait).start()\n")
    started.pipe.close()
    assert started.ended() == 0


@pytest.mark.skipif(process.DUMP_STACK is None, reason="this system has no such signal")
def test_it_dumps_its_stack_when_it_is_asked_to(started: Started, file: Path) -> None:
    started.load(file, f"import os\n\nos.kill(os.getpid(), {int(signal.SIGUSR2)})\n")
    assert f'File "{file}", line 3' in started.dumped()


@pytest.mark.skipif(process.DUMP_STACK is None, reason="this system has no such signal")
def test_an_exit_dumps_the_stack_and_that_of_a_child_does_not(started: Started, file: Path) -> None:
    code = "import os\npid = os.fork()\nif not pid:\n    os._exit(7)\nos.waitpid(pid, 0)\nos._exit(3)\n"
    file.write_text(code)
    started.pipe.send_bytes(encode(Load(str(file))))
    assert started.ended() == 3
    dumped = started.dumped()
    assert f'File "{file}", line 6' in dumped
    assert f'File "{file}", line 4' not in dumped


def test_its_children_are_in_its_group(started: Started, file: Path) -> None:
    pid = started.process.pid
    assert pid is not None
    started.load(
        file, "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'input()'], stdin=-1)\n"
    )
    (child,) = psutil.Process(pid).children()
    assert os.getpgid(child.pid) == pid
    child.kill()
