"""How this program is started, wherever it was installed."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from app import program_command


def test_a_checkout_is_started_through_main(tmp_path: Path) -> None:
    command = program_command.command("status", data_dir=tmp_path)
    assert command[1] == str(program_command.MAIN)
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert "There is no error store" in said.stderr


def test_processes_of_ours_are_the_interpreter_itself() -> None:
    assert program_command.child("serve") == (sys.executable, str(program_command.MAIN), "serve")
    assert program_command.module("app.x") == (sys.executable, "-m", "app.x")


def test_they_are_as_isolated_as_this_one() -> None:
    code = "from app import program_command as p; print(*p.child(), sep='\\n')"
    said = subprocess.run(
        [sys.executable, "-E", "-s", "-c", code],
        cwd=program_command.ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHOME": "/nowhere"},
    )
    assert said.stdout.splitlines() == [sys.executable, "-E", "-s", str(program_command.MAIN)]


def test_a_package_by_its_command(tmp_path: Path) -> None:
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    program = tmp_path / "folder" / "program"
    program.mkdir(parents=True)
    (scripts / "arecibo").touch()
    in_place = (sys.executable, str(program / "main.py"))
    assert program_command.program(program, scripts=scripts) == in_place, "it is no package"
    (program / "build.json").write_text("{}")
    assert program_command.program(program, scripts=scripts) == (str(scripts / "arecibo"),)
    assert program_command.program(program, scripts=tmp_path) == in_place, "it has lost its command"
    (tmp_path / "folder" / "bin").mkdir()
    (tmp_path / "folder" / "bin" / "arecibo").touch()
    assert program_command.program(program, scripts=scripts)[0].endswith("folder/bin/arecibo")


def test_a_command_as_a_line_for_a_shell() -> None:
    odd = ("/a b/c", 'd"e', "f'g")
    assert tuple(shlex.split(program_command.line(odd, "linux"))) == odd
    assert program_command.line(odd, "win32") == subprocess.list2cmdline(odd)
    if sys.platform != "win32":
        assert shlex.split(program_command.shown_command("serve"))[-1] == "serve"
