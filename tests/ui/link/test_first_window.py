"""A second start brings the first window to the front, and ends."""

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.app_link import AppLink
from ui.link import running_window
from ui.link.first_window import FirstWindow

ROOT = Path(__file__).parents[3]
PATIENCE_MS = 20_000


@pytest.fixture
def first(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[FirstWindow]:
    monkeypatch.setenv(running_window.TOKEN, "of the first start")
    first = FirstWindow(tmp_path)
    assert first.listen()
    yield first
    first.close()


def start_again(data_dir: Path, **environment: str) -> subprocess.Popen[str]:
    """A second `main.py`."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--port", "0", "--data-dir", str(data_dir)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_raises_the_first_window_and_ends(
    first: FirstWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(first.raise_requested, timeout=PATIENCE_MS):
        second = start_again(tmp_path, **{running_window.TOKEN: "of-the-second"})
    assert os.environ[running_window.TOKEN] == "of-the-second"
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE_MS)
    message, _nothing = second.communicate()
    assert second.returncode == 0
    assert "open on this folder already" in message


def test_only_this_person_can_connect(first: FirstWindow, tmp_path: Path) -> None:
    mode = running_window.path(tmp_path).stat().st_mode
    assert stat.S_IMODE(mode) & 0o077 == 0


@pytest.mark.parametrize(
    "message", [b"quit\n", b"\xff\x00\n", b"raise \x1b[31m\n", b"open arecibo://issue/7?x t\n", b"open\n"]
)
def test_hostile_messages_at_most_raise_the_window(
    first: FirstWindow, tmp_path: Path, qtbot: QtBot, message: bytes
) -> None:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(running_window.path(tmp_path)))
        asking.sendall(message)
        asking.setblocking(False)
        answers: list[bytes] = []

        def answered() -> bool:
            try:
                answers.append(asking.recv(16))
            except BlockingIOError:
                return False
            return True

        qtbot.waitUntil(answered, timeout=PATIENCE_MS)
    assert answers == [b"raised\n" if message.startswith(b"raise") else b""]
    assert os.environ[running_window.TOKEN] == "of the first start"


def test_a_second_start_with_a_link_shows_what_it_names(
    first: FirstWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    asked: list[bool] = []
    thread = threading.Thread(
        target=lambda: asked.append(running_window.raise_it(tmp_path, {}, link=AppLink(issue_id=7)))
    )
    with (
        qtbot.waitSignal(first.raise_requested, timeout=PATIENCE_MS),
        qtbot.waitSignal(first.link_requested, timeout=PATIENCE_MS) as requested,
    ):
        thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=PATIENCE_MS)
    assert asked == [True]
    assert requested.args == [AppLink(issue_id=7)]
