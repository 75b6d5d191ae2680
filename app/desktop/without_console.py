"""The command that starts Arecibo from the desktop of Windows without a window of the console."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import PureWindowsPath

_PYTHON, _PYTHONW = "python.exe", "pythonw.exe"


def command(
    words: Sequence[str], platform: str = sys.platform, is_file: Callable[[str], bool] = os.path.isfile
) -> tuple[str, ...]:
    """`words`, started by the Python that opens no console, where that is here."""
    program, *arguments = words
    path = PureWindowsPath(program)
    if platform == "win32" and path.name.lower() == _PYTHON:
        quiet = str(path.with_name(_PYTHONW))
        return (quiet if is_file(quiet) else program, *arguments)
    return tuple(words)
