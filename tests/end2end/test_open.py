"""`main.py open` on a real engine: asks in a terminal, and afterwards opens without a question."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app import preferences
from tests.editors.recorder import Recorder
from tests.end2end.engine_process import ROOT, EngineProcess, run
from tests.end2end.in_terminal import run_in_terminal
from tests.end2end.test_command_line import post
from tests.factories import envelope


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two files, in a home of its own."""
    folder = tmp_path / "home" / "projects" / "shop-api"
    for name in ("shop/cart.py", "shop/web.py", "pyproject.toml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("".join(f"line {number}\n" for number in range(1, 100)))
    return folder


@pytest.fixture
def editor(tmp_path: Path) -> Recorder:
    return Recorder(tmp_path / "bin", "code")


def send(engine: EngineProcess, root: str) -> str:
    event_id = os.urandom(16).hex()
    frames = [
        {"filename": "shop/web.py", "abs_path": f"{root}/shop/web.py", "lineno": 8, "in_app": True},
        {
            "filename": "shop/cart.py",
            "abs_path": f"{root}/shop/cart.py",
            "lineno": 42,
            "colno": 7,
            "in_app": True,
        },
        {"filename": "flask/app.py", "abs_path": "/venv/flask/app.py", "lineno": 3, "in_app": False},
    ]
    failed = {"type": "KeyError", "value": "card", "stacktrace": {"frames": frames}}
    post(engine, envelope(event_id, exception={"values": [failed]}))
    engine.wait_digested(1)
    return event_id


def failing(event_id: str, folder: Path, around: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What the command answers where it must not ask."""
    command = [sys.executable, str(ROOT / "main.py"), "open", event_id, "--data-dir", str(folder)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | around,
        stdin=subprocess.DEVNULL,
    )


def test_it_asks_for_file_and_editor_and_never_again(
    engine: EngineProcess, tmp_path: Path, project: Path, editor: Recorder
) -> None:
    event_id = send(engine, str(project))
    around = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home"), "VISUAL": "", "EDITOR": ""}
    folder = engine.data_dir

    refused = failing(event_id, folder, around)
    assert refused.returncode == 1
    assert "below no folder from which files may be opened" in refused.stderr

    def the_number(printed: str) -> str:
        found = re.search(r"(\d+)  Visual Studio Code \(", printed)
        assert found is not None
        return found[1]

    code, said = run_in_terminal("open", event_id, data_dir=folder, answers=("n",), **around)
    assert (code, editor.was_called) == (1, False)
    code, said = run_in_terminal("open", event_id, data_dir=folder, answers=("a", the_number), **around)
    assert f"The event names {project}/shop/cart.py. Open it?" in said
    assert "Opened cart.py:42 in Visual Studio Code." in said
    assert code == 0
    assert editor.arguments == [b"--goto", f"{project}/shop/cart.py:42:7".encode()]
    assert preferences.read(folder).source_roots == (str(project),)

    done = run("open", event_id, "--frame", "0", data_dir=folder, check=True, **around)
    assert done.stdout == "Opened web.py:8 in Visual Studio Code.\n"
    assert editor.arguments == [b"--goto", f"{project}/shop/web.py:8:1".encode()]


def test_it_proposes_a_map_for_what_is_elsewhere_here(
    engine: EngineProcess, tmp_path: Path, project: Path, editor: Recorder
) -> None:
    event_id = send(engine, "/usr/src/app")
    around = {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path / "home")}
    preferences.change(engine.data_dir, editor="code")
    refused = failing(event_id, engine.data_dir, around)
    assert refused.returncode == 1
    assert "/usr/src/app/shop/cart.py is not on this machine" in refused.stderr
    code, said = run_in_terminal("open", event_id, data_dir=engine.data_dir, answers=("",), **around)
    assert f"/usr/src/app of shop may be {project}: 2 of 2 files are there." in said
    assert code == 0
    assert editor.arguments == [b"--goto", f"{project}/shop/cart.py:42:7".encode()]
    assert run("open", event_id, data_dir=engine.data_dir, check=True, **around).returncode == 0
