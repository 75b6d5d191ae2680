"""Asks a window that is open on the same data folder to come to the front. Loads no Qt: `main.py` asks first.

The window listens on a local socket of the data folder (`first_window`), where only this person can connect.
One line is sent: `raise TOKEN`, or `open LINK TOKEN` with a link such as `arecibo://issue/7`. TOKEN is what
the desktop gave this start, so that its window may take the focus (the XDG activation protocol,
https://wayland.app/protocols/xdg-activation-v1); it may be empty.
"""

import hashlib
import os
import socket
import tempfile
from collections.abc import Mapping
from pathlib import Path

from app.desktop.app_link import AppLink

FILE = "window.socket"
# What a path of a local socket may have on macOS, with its end; Linux has four bytes more.
LONGEST_PATH_BYTES = 103
ANSWER_SECONDS = 2.0
TOKEN = "XDG_ACTIVATION_TOKEN"
LONGEST_LINE = 512


def path(data_dir: Path) -> Path:
    """Where the window of this folder listens: in the folder, unless its path is too long for a socket."""
    inside = data_dir.absolute() / FILE
    if len(os.fsencode(inside)) <= LONGEST_PATH_BYTES:
        return inside
    name = hashlib.sha256(os.fsencode(data_dir.absolute())).hexdigest()[:16]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"arecibo-{name}.socket"


def raise_it(data_dir: Path, environ: Mapping[str, str] = os.environ, *, link: AppLink | None = None) -> bool:
    """Bring the window of this folder to the front, at `link`; False when none is open there."""
    wanted = "raise" if link is None else f"open {link.text}"
    if not hasattr(socket, "AF_UNIX"):
        return False
    with socket.socket(socket.AF_UNIX) as asking:
        asking.settimeout(ANSWER_SECONDS)
        try:
            asking.connect(os.fspath(path(data_dir)))
            asking.sendall(f"{wanted} {environ.get(TOKEN, '')}\n".encode("ascii", "replace"))
            return asking.recv(16).startswith(b"raised")
        except OSError:
            # There is no listener, or the file is left from a window that was killed.
            return False
