"""How this program is started, wherever it was installed."""

import shlex
import subprocess
import sys
from pathlib import Path

from app import program_command


def test_a_checkout_is_started_through_main(tmp_path: Path) -> None:
    command = program_command.command("status", data_dir=tmp_path)
    assert command[1] == str(program_command.ROOT / "main.py")
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert "There is no error store" in said.stderr


def test_a_package_by_the_command_beside_its_interpreter(tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    assert program_command.program(tmp_path, scripts=bin_folder) == ("arecibo",)
    (bin_folder / "arecibo").touch()
    assert program_command.program(tmp_path, scripts=bin_folder) == (str(bin_folder / "arecibo"),)


def test_a_self_contained_folder_is_one_executable(tmp_path: Path) -> None:
    executable = tmp_path / "arecibo"
    assert program_command.program(tmp_path, str(executable), frozen=True) == (str(executable),)


def test_a_command_as_a_line_for_a_shell() -> None:
    odd = ("/a b/c", 'd"e', "f'g")
    assert tuple(shlex.split(program_command.line(odd, "linux"))) == odd
    assert program_command.line(odd, "win32") == subprocess.list2cmdline(odd)
    if sys.platform != "win32":
        assert shlex.split(program_command.shown_command("serve"))[-1] == "serve"
