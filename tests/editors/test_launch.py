"""Editors start detached, and one that does not start says so."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from app.editors import launch
from app.editors.launch import EditorFailed
from tests.editors.recorder import Recorder

HOSTILE = [b"/a b", b"/-rf", b"/'\";$(id)`id`&|<>*?", b"/a\nb", b"/\xff\xfe", "/ä\u202e".encode()]


def test_arguments_arrive_as_they_are_in_a_session_of_its_own(tmp_path: Path) -> None:
    editor = Recorder(tmp_path / "bin")
    words = [name.decode("utf-8", "surrogateescape") for name in HOSTILE]
    launch.start([str(editor.program), *words], tmp_path).check(30)
    assert editor.arguments == HOSTILE
    assert editor.folder == tmp_path
    assert editor.has_own_session


def test_an_editor_that_goes_on_is_left_alone_and_has_no_input_of_ours() -> None:
    running = launch.start([sys.executable, "-c", "import time; time.sleep(60)"])
    running.check(0)
    assert psutil.Process(running.number).is_running()
    os.kill(running.number, signal.SIGKILL)
    with pytest.raises(EditorFailed, match="EOFError"):
        launch.start([sys.executable, "-c", "input()"]).check(30)


def test_one_that_fails_at_once_says_what_it_said(tmp_path: Path) -> None:
    editor = Recorder(tmp_path, then="sys.exit('No such option\\x1b[31m: --goto')")
    with pytest.raises(EditorFailed, match=r"code ended with 1: No such option.*preferences") as raised:
        launch.start([str(editor.program)]).check(30)
    assert "\x1b" not in str(raised.value)


def test_one_that_is_gone_says_which(tmp_path: Path) -> None:
    with pytest.raises(EditorFailed, match=r"/gone .*cannot be started: No such file.*preferences"):
        launch.start([str(tmp_path / "gone"), "/a"])
    with pytest.raises(EditorFailed, match="cannot be started"):
        launch.start(["/bin/true", "\0"])


def test_in_this_terminal(tmp_path: Path) -> None:
    editor = Recorder(tmp_path)
    launch.run_here([str(editor.program), "/a"], tmp_path)
    assert editor.arguments == [b"/a"]
    with pytest.raises(EditorFailed, match="ended with 1"):
        launch.run_here(["/bin/false"])
    with pytest.raises(EditorFailed, match="cannot be started"):
        launch.run_here([str(tmp_path / "gone")])


def test_a_command_is_shown_on_one_short_line() -> None:
    shown = launch.shown(["code", "/a\nb\udcff", "x" * 1_000])
    assert shown.startswith("code /a b\ufffd x")
    assert len(shown) < 200


def test_no_pipe_of_ours_is_inherited(tmp_path: Path) -> None:
    """Whoever reads our output sees its end when we end, though the editor goes on."""
    code = (
        "from app.editors import launch; "
        f"print(launch.start([{sys.executable!r}, '-c', 'import time; time.sleep(60)']).number)"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, timeout=60, check=True)
    subprocess.run(["kill", done.stdout.decode().strip()], check=True)
