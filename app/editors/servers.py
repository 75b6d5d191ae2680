"""Editors that listen on a socket for files to open: Neovim and Emacs."""

import os
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil

from app.editors.editor import Server

_CONNECT_SECONDS = 0.2


def find(kind: Server, file: Path | None = None, environ: Mapping[str, str] = os.environ) -> str | None:
    """The socket of an editor that listens; None when none does.

    Of several Neovims, the one that works in a folder above `file`, else the newest.
    """
    if kind is Server.NEOVIM:
        return _neovim(file, environ)
    if kind is Server.EMACS:
        return next((str(path) for path in _emacs_sockets(environ) if _listens(path)), None)
    return None


def _neovim(file: Path | None, environ: Mapping[str, str]) -> str | None:
    for variable in ("NVIM", "NVIM_LISTEN_ADDRESS"):
        address = environ.get(variable)
        if address and _listens(Path(address)):
            return address
    sockets = [path for path in _neovim_sockets(environ) if _listens(path)]
    sockets.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    above = [path for path in sockets if file is not None and _works_above(path, file)]
    return next((str(path) for path in (*above, *sockets)), None)


def _neovim_sockets(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where Neovim listens by itself: `:help serverstart()` and `:help $XDG_RUNTIME_DIR`."""
    runtime = environ.get("XDG_RUNTIME_DIR")
    if runtime:
        yield from Path(runtime).glob("nvim.*.*")
    user = environ.get("USER", "")
    for folder in {environ.get("TMPDIR") or tempfile.gettempdir(), tempfile.gettempdir()}:
        yield from Path(folder).glob(f"nvim.{user}/*/nvim.*.*")
        yield from Path(folder).glob("nvim?*/0")


def _works_above(path: Path, file: Path) -> bool:
    """Whether the Neovim of this socket, which is named after its process, works in a folder above `file`."""
    number = path.name.split(".")[1:2]
    if not number or not number[0].isdigit():
        return False
    try:
        folder = Path(psutil.Process(int(number[0])).cwd())
    except (psutil.Error, OSError):
        return False
    return folder != Path(folder.anchor) and file.is_relative_to(folder)


def _emacs_sockets(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where `server-start` listens: `server-socket-dir` in Emacs' server.el."""
    named = environ.get("EMACS_SOCKET_NAME")
    if named:
        yield Path(named)
    runtime = environ.get("XDG_RUNTIME_DIR")
    if runtime:
        yield Path(runtime) / "emacs" / "server"
    if hasattr(os, "getuid"):
        for folder in {environ.get("TMPDIR") or "/tmp", "/tmp"}:  # noqa: S108 - Emacs' own place
            yield Path(folder) / f"emacs{os.getuid()}" / "server"


def _listens(path: Path) -> bool:
    if not hasattr(socket, "AF_UNIX"):
        return False
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(_CONNECT_SECONDS)
            connection.connect(str(path))
    except (OSError, ValueError):
        return False
    return True
