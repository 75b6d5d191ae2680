"""Asking a window that is open on a folder to come to the front: where it listens, and what is said."""

import os
import signal
import socket
import subprocess
import sys
import threading
import tty
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.link import running_window
from ui.link.first_window import FirstWindow

ROOT = Path(__file__).parents[3]
KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui.link.first_window import FirstWindow
app = QCoreApplication()
first = FirstWindow(Path(sys.argv[1]))
assert first.listen()
os.kill(os.getpid(), signal.SIGKILL)
"""


class Window:
    """Something that listens where a window does, reads one line, and gives `answer`."""

    def __init__(self, data_dir: Path, answer: bytes) -> None:
        self.line = b""
        self._answer = answer
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(os.fspath(running_window.path(data_dir)))
        self._listening.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        connection, _address = self._listening.accept()
        with connection, connection.makefile("rb") as lines:
            self.line = lines.readline()
            connection.sendall(self._answer)

    def close(self) -> None:
        self._thread.join()
        self._listening.close()


@pytest.mark.parametrize(("answer", "is_raised"), [(b"raised\n", True), (b"no\n", False), (b"", False)])
def test_it_is_open_only_if_it_says_that_it_was_raised(
    tmp_path: Path, answer: bytes, is_raised: bool
) -> None:
    window = Window(tmp_path, answer)
    assert running_window.raise_it(tmp_path, {running_window.TOKEN: "t0ken"}) is is_raised
    window.close()
    assert window.line == b"raise t0ken\n"


def test_without_a_token_of_the_desktop_it_is_asked_all_the_same(tmp_path: Path) -> None:
    window = Window(tmp_path, b"raised\n")
    assert running_window.raise_it(tmp_path, {})
    window.close()
    assert window.line == b"raise \n"


def test_a_window_of_another_folder_is_not_raised(tmp_path: Path, qtbot: QtBot) -> None:
    first = FirstWindow(tmp_path)
    assert first.listen()
    assert not running_window.raise_it(tmp_path / "other")
    first.close()


def test_a_window_that_was_killed_leaves_no_obstacle(tmp_path: Path, qtbot: QtBot) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert running_window.path(tmp_path).exists()
    assert not running_window.raise_it(tmp_path)
    first = FirstWindow(tmp_path)
    assert first.listen()
    first.close()


def test_a_folder_whose_path_is_too_long_for_a_socket_has_one_elsewhere(tmp_path: Path, qtbot: QtBot) -> None:
    deep = tmp_path / ("d" * 100)
    path = running_window.path(deep)
    assert len(os.fsencode(path)) <= running_window.LONGEST_PATH_BYTES
    assert path != running_window.path(tmp_path / ("e" * 100))
    first = FirstWindow(deep)
    assert first.listen()
    first.close()


def test_it_loads_no_qt() -> None:
    command = [sys.executable, "-c", "import sys, ui.link.running_window; print(*sys.modules)"]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert not [name for name in said.stdout.split() if name.startswith("PySide6")]


def test_on_windows_it_is_a_pipe_named_after_the_folder(tmp_path: Path) -> None:
    where = running_window.address(tmp_path / "Data", "win32")
    assert where.startswith("\\\\.\\pipe\\arecibo-")
    assert len(where) < 256, "the longest name of a pipe"
    assert where == running_window.address(tmp_path / "data", "win32"), "capitals make no difference there"
    assert where != running_window.address(tmp_path / "other", "win32")
    assert running_window.address(tmp_path, "darwin") == str(running_window.path(tmp_path))


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal stands for a pipe in both directions")
def test_a_pipe_is_asked_and_a_window_that_hangs_is_not_waited_for(tmp_path: Path) -> None:
    window, theirs = os.openpty()
    tty.setraw(theirs)
    heard: list[bytes] = []

    def answer() -> None:
        heard.append(os.read(window, 100))
        os.write(window, b"raised\n")

    answering = threading.Thread(target=answer)
    answering.start()
    assert running_window.ask_pipe(os.ttyname(theirs), b"raise token\n", 20) == b"raised\n"
    answering.join()
    assert heard == [b"raise token\n"]
    assert running_window.ask_pipe(os.ttyname(theirs), b"raise\n", 0.01) == b""
    assert running_window.ask_pipe(str(tmp_path / "none"), b"raise\n") == b""
    os.close(window)
    os.close(theirs)
