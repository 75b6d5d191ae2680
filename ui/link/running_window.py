"""Asks a window that is open on the same data folder to come to the front. Loads no Qt: `main.py` asks first.

The window listens on a local socket of the data folder (`first_window`), on Windows on a named pipe, where
only this person can connect.
One line is sent: `raise TOKEN`, or `open LINK TOKEN` with a link such as `arecibo://issue/7`. TOKEN is what
the desktop gave this start, so that its window may take the focus (the XDG activation protocol,
https://wayland.app/protocols/xdg-activation-v1); it may be empty.
"""

import hashlib
import os
import socket
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Thread

from app.desktop.app_link import AppLink

if sys.platform == "win32":
    import ctypes

    _ANY_PROCESS = -1

FILE = "window.socket"
# What a path of a local socket may have on macOS, with its end; Linux has four bytes more.
LONGEST_PATH_BYTES = 103
ANSWER_SECONDS = 2.0
TOKEN = "XDG_ACTIVATION_TOKEN"
LONGEST_LINE = 512
PIPES = "\\\\.\\pipe\\"


def path(data_dir: Path) -> Path:
    """Where the window of this folder listens: in the folder, unless its path is too long for a socket."""
    inside = data_dir.absolute() / FILE
    if len(os.fsencode(inside)) <= LONGEST_PATH_BYTES:
        return inside
    return (
        Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
        / f"arecibo-{_named(data_dir)}.socket"
    )


def address(data_dir: Path, platform: str = sys.platform) -> str:
    """Where the window of this folder listens, as it is opened: a socket's path, or on Windows a pipe's.

    A pipe has no folder: it is named after the data folder, whose name means the same in capitals there.
    """
    if platform == "win32":
        return f"{PIPES}arecibo-{_named(Path(str(data_dir.absolute()).lower()))}"
    return os.fspath(path(data_dir))


def _named(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir.absolute())).hexdigest()[:16]


def raise_it(data_dir: Path, environ: Mapping[str, str] = os.environ, *, link: AppLink | None = None) -> bool:
    """Bring the window of this folder to the front, at `link`; False when none is open there."""
    wanted = "raise" if link is None else f"open {link.text}"
    line = f"{wanted} {environ.get(TOKEN, '')}\n".encode("ascii", "replace")
    try:
        return _ask(address(data_dir), line).startswith(b"raised")
    except OSError:
        # There is no listener, or the file is left from a window that was killed.
        return False


if sys.platform == "win32":

    def _ask(where: str, line: bytes) -> bytes:
        # Only the program in front may hand the front on: this start, to whichever window answers.
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
        return ask_pipe(where, line)

else:

    def _ask(where: str, line: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(ANSWER_SECONDS)
            asking.connect(where)
            asking.sendall(line)
            return asking.recv(16)


def ask_pipe(where: str, line: bytes, seconds: float = ANSWER_SECONDS) -> bytes:
    """What the listener of a named pipe answers to `line`; nothing when it does not, in so many seconds."""
    answers: list[bytes] = []

    def ask() -> None:
        # Opening the pipe connects; nobody listens there, or all of it is in use, where that fails.
        with suppress(OSError), open(where, "r+b", buffering=0) as pipe:  # noqa: PTH123 - no path
            pipe.write(line)
            answers.append(pipe.read(16))

    # A file cannot be read for a time only. A thread that waits in vain ends with this start.
    asking = Thread(target=ask, name="ask-window", daemon=True)
    asking.start()
    asking.join(seconds)
    return answers[0] if answers else b""
