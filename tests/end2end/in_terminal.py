"""A command of the program in a pseudo-terminal, where a person answers what it asks."""

import os
import pty
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.end2end.engine_process import PATIENCE_SECONDS, ROOT

Answer = str | Callable[[str], str]


def run_in_terminal(
    *arguments: str, data_dir: Path, answers: tuple[Answer, ...] = (), **environment: str
) -> tuple[int, str]:
    """Run `main.py`, and give each answer when `> ` asks for it; returns the exit code and all output.

    An answer may be made from what has been printed until then.
    """
    child, terminal = pty.fork()
    if child == 0:
        command = [sys.executable, str(ROOT / "main.py"), *arguments, "--data-dir", str(data_dir)]
        os.execve(command[0], command, os.environ | environment | {"COLUMNS": "500"})
    printed, waiting = b"", list(answers)
    try:
        while select.select([terminal], [], [], PATIENCE_SECONDS)[0]:
            new = _read(terminal)
            if not new:
                break
            printed += new
            if printed.endswith(b"> ") and waiting:
                answer = waiting.pop(0)
                text = answer(printed.decode()) if callable(answer) else answer
                os.write(terminal, text.encode() + b"\n")
                printed += b"\n"
        else:
            os.kill(child, signal.SIGKILL)
    finally:
        _, status = os.waitpid(child, 0)
        os.close(terminal)
    return os.waitstatus_to_exitcode(status), printed.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4_096)
    except OSError:  # Linux says so when the other side has ended
        return b""
