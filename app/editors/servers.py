"""Editors that listen for files to open: Neovim and Emacs, on a socket; on Windows on a pipe and a port."""

import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from app.editors.editor import Server

_CONNECT_SECONDS = 0.2
PIPES = "\\\\.\\pipe\\"
_NEOVIM_PIPE = re.compile(r"nvim\.[0-9]{1,10}\.[0-9]{1,6}")


def find(
    kind: Server,
    file: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> str | None:
    """The socket of an editor that listens; None when none does.

    Of several Neovims, the one that works in a folder above `file`, else the newest.
    """
    if platform == "win32":
        return _on_windows(kind, file, environ)
    if kind is Server.NEOVIM:
        return _neovim(file, environ)
    if kind is Server.EMACS:
        return next((str(path) for path in _emacs_sockets(environ) if _listens(path)), None)
    return None


def _on_windows(kind: Server, file: Path | None, environ: Mapping[str, str]) -> str | None:
    if kind is Server.NEOVIM:
        names: list[str] = []
        with suppress(OSError):
            names = os.listdir(PIPES)  # noqa: PTH208 - no folder, and a path takes away its last backslash
        pipes = neovim_pipes(names)
        above = [pipe for pipe in pipes if file is not None and _works_above(Path(pipe.name), file)]
        return next((f"{PIPES}{pipe.name}" for pipe in (*above, *pipes)), None)
    if kind is Server.EMACS:
        return next((str(each) for each in _emacs_server_files(environ) if _answers(each)), None)
    return None


def neovim_pipes(names: Iterable[str]) -> list[Path]:
    """The pipes among `names` on which Neovim listens by itself, `nvim.PROCESS.NUMBER`, the newest first."""
    found = [Path(name) for name in names if _NEOVIM_PIPE.fullmatch(name)]
    return sorted(found, key=lambda pipe: int(pipe.name.split(".")[1]), reverse=True)


def _emacs_server_files(environ: Mapping[str, str]) -> Iterator[Path]:
    """Where Emacs says its port and key: `server-auth-dir` in its server.el, below its folder of settings."""
    if named := environ.get("EMACS_SERVER_FILE"):
        yield Path(named)
    for variable in ("HOME", "APPDATA"):
        if home := environ.get(variable):
            yield Path(home, ".emacs.d", "server", "server")


def _answers(server_file: Path) -> bool:
    """Whether somebody listens where the file's first line says: `127.0.0.1:PORT PROCESS`."""
    try:
        host, _, port = server_file.read_text("ascii").split(maxsplit=1)[0].rpartition(":")
        with socket.create_connection((host, int(port)), _CONNECT_SECONDS):
            return True
    except (OSError, ValueError, IndexError):
        return False


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
