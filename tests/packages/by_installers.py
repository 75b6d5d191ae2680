"""The wheel, installed by pipx and by uv into folders of their own."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from setup.prepare import UV
from tests.packages import usage
from tests.packages.screen import Screen


def run(wheel: Path, work: Path, screen: Screen) -> None:
    """Install, use, and remove it by each."""
    os.environ["DISPLAY"] = screen.name
    os.environ.pop("QT_QPA_PLATFORM", None)
    print("uv tool install", flush=True)
    tools = {"UV_TOOL_DIR": str(work / "uv"), "UV_TOOL_BIN_DIR": str(work / "uv-bin")}
    _install([str(UV), "tool", "install", "--quiet", "--python", _python(), str(wheel)], tools)
    _use(work / "uv-bin" / "arecibo", "by uv", work / "uv-data", screen)
    _install([str(UV), "tool", "uninstall", "--quiet", "arecibo"], tools)
    assert not (work / "uv-bin" / "arecibo").exists()

    print("pipx install", flush=True)
    pipx = work / "pipx-itself"
    _install([str(UV), "venv", "--quiet", "--python", _python(), str(pipx)], {})
    _install([str(UV), "pip", "install", "--quiet", "--python", str(pipx), "pipx"], {})
    places = {"PIPX_HOME": str(work / "pipx"), "PIPX_BIN_DIR": str(work / "pipx-bin")}
    _install([str(pipx / "bin" / "pipx"), "install", "--python", _python(), str(wheel)], places)
    _use(work / "pipx-bin" / "arecibo", "by pipx", work / "pipx-data", screen)
    _install([str(pipx / "bin" / "pipx"), "uninstall", "arecibo"], places)
    assert not (work / "pipx-bin" / "arecibo").exists()


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _use(arecibo: Path, kind: str, data_dir: Path, screen: Screen) -> None:
    usage.says_its_version([str(arecibo)], kind)
    usage.serves([str(arecibo)], str(data_dir))
    picture = Path.cwd() / "build" / f"window-{kind.replace(' ', '-')}.png"
    usage.shows([str(arecibo)], str(data_dir), free_port(), screen, picture)
    shutil.rmtree(data_dir)


def _install(command: list[str], places: dict[str, str]) -> None:
    done = subprocess.run(command, env={**os.environ, **places}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def _python() -> str:
    return str(Path(sys.executable).resolve())
