"""Our own terminal: its size and settings, and whether its keys are ours to take."""

import os
import subprocess
import sys
from pathlib import Path

from tests.end2end.engine_process import ROOT
from tests.runs.terminal_session import TerminalSession

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
FOREGROUND = [sys.executable, "-c", "from app.runs import terminal; print(terminal.is_in_foreground())"]


def test_without_a_terminal_there_is_no_foreground() -> None:
    said = subprocess.run(
        FOREGROUND, capture_output=True, text=True, env=ENVIRONMENT, start_new_session=True, check=True
    )
    assert said.stdout == "False\n"


def test_in_a_terminal_only_the_foreground_has_the_keys() -> None:
    with TerminalSession(FOREGROUND, environment=ENVIRONMENT) as session:
        session.await_text("True")
    line = ["bash", "-c", 'set -m; "$@" & wait', "bash", *FOREGROUND]
    with TerminalSession(line, environment=ENVIRONMENT) as session:
        session.await_text("False")


def test_a_pair_has_the_size_and_the_settings_of_ours(tmp_path: Path) -> None:
    code = """
import os, sys, termios
from app.runs import terminal
silent = termios.tcgetattr(0)
silent[3] &= ~termios.ECHO
termios.tcsetattr(0, termios.TCSANOW, silent)
for controls in (True, False):
    ours, theirs = terminal.open_pair(is_controlling=controls)
    now = termios.tcgetattr(theirs)
    print(os.get_terminal_size(theirs), bool(now[3] & termios.ECHO), bool(now[1] & termios.OPOST))
with terminal.passing_keys() as before:
    print("raw", not termios.tcgetattr(0)[3] & termios.ICANON)
    with terminal.as_before(before): print("cooked", bool(termios.tcgetattr(0)[3] & termios.ICANON))
print("restored", termios.tcgetattr(0) == before)
"""
    with TerminalSession([sys.executable, "-c", code], environment=ENVIRONMENT) as session:
        assert session.await_end() == 0
    lines = [line.strip() for line in session.output.decode().splitlines() if line.strip()]
    size = "os.terminal_size(columns=80, lines=24)"
    assert lines == [f"{size} False True", f"{size} False False", "raw True", "cooked True", "restored True"]
