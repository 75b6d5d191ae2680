"""Editors that listen on a socket."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from app.editors import servers
from app.editors.editor import Server


@contextmanager
def listening(path: Path) -> Iterator[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        yield str(path)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(tmp_path / "run"), "TMPDIR": str(tmp_path / "tmp"), "USER": "ada"}


def test_the_neovim_that_arecibo_was_started_in(tmp_path: Path, environ: dict[str, str]) -> None:
    with listening(tmp_path / "own") as own, listening(tmp_path / "run" / "nvim.1.0"):
        assert servers.find(Server.NEOVIM, None, environ | {"NVIM": own}) == own


@pytest.mark.parametrize("place", ["run/nvim.123.0", "tmp/nvim.ada/x1/nvim.123.0"])
def test_where_neovim_listens_by_itself(tmp_path: Path, environ: dict[str, str], place: str) -> None:
    with listening(tmp_path / place) as address:
        assert servers.find(Server.NEOVIM, None, environ) == address
    assert servers.find(Server.NEOVIM, None, environ) is None  # the file is there, and nobody listens


def test_of_several_the_one_that_works_above_the_file(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, cwd=folder)
    with ExitStack() as sockets, process:
        there = sockets.enter_context(listening(tmp_path / "run" / f"nvim.{process.pid}.0"))
        newer = sockets.enter_context(listening(tmp_path / "run" / "nvim.999999999.0"))
        os.utime(there, (1, 1))
        assert servers.find(Server.NEOVIM, folder / "cart.py", environ) == there
        assert servers.find(Server.NEOVIM, tmp_path / "other.py", environ) == newer
        process.kill()


def test_emacs(tmp_path: Path, environ: dict[str, str]) -> None:
    with listening(tmp_path / "run" / "emacs" / "server") as address:
        assert servers.find(Server.EMACS, None, environ) == address
    with listening(tmp_path / "named") as named:
        assert servers.find(Server.EMACS, None, environ | {"EMACS_SOCKET_NAME": named}) == named


def test_no_server_of_no_kind(environ: dict[str, str]) -> None:
    assert servers.find(Server.NONE, None, environ) is None


def test_on_windows_neovims_pipes_are_known_by_their_names() -> None:
    names = ["nvim.812.0", "nvim.4711.0", "nvim.x.0", "nvim.1.0.lock", "mojo.nvim.1.0", "arecibo-0123"]
    assert [pipe.name for pipe in servers.neovim_pipes(names)] == ["nvim.4711.0", "nvim.812.0"]
    assert servers.find(Server.NEOVIM, None, {}, "win32") is None, "there are no such pipes here"


def test_on_windows_emacs_says_its_port_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / ".emacs.d" / "server" / "server"
    file.parent.mkdir(parents=True)
    environ = {"APPDATA": str(tmp_path)}
    with socket.create_server(("127.0.0.1", 0)) as emacs:
        file.write_text(f"127.0.0.1:{emacs.getsockname()[1]} 4711\nthe key", "ascii")
        assert servers.find(Server.EMACS, None, environ, "win32") == str(file)
    assert servers.find(Server.EMACS, None, environ, "win32") is None, "it listens no more"
    file.write_text("nonsense", "ascii")
    assert servers.find(Server.EMACS, None, environ, "win32") is None
