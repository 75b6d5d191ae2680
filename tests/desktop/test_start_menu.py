"""The shortcut in the Start menu of Windows: where it is, who writes it, and what that one is told."""

import os
import sys
from pathlib import Path

import pytest

from app.desktop import start_menu
from app.platforms import command_words

PROGRAM = (r"C:\a b\pythonw.exe", r"C:\a b\main.py", "--data-dir", r"D:\ärrors & more'; Remove-Item x")


def environ(folder: Path) -> dict[str, str]:
    return {"APPDATA": str(folder), "SystemRoot": r"C:\Windows"}


def test_it_is_in_the_persons_own_start_menu(tmp_path: Path) -> None:
    assert start_menu.file(environ(tmp_path)) == (
        tmp_path / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Arecibo.lnk"
    )
    assert not start_menu.is_there(environ(tmp_path))
    start_menu.remove(environ(tmp_path))


def test_windows_own_powershell_writes_it_and_reads_no_text_of_ours(tmp_path: Path) -> None:
    command = start_menu.command(environ(tmp_path))
    assert command[0] == r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
    assert command[1:4] == ["-NoProfile", "-NonInteractive", "-Command"]
    told = start_menu.variables(PROGRAM, r"C:\a b\arecibo.ico", environ(tmp_path))
    assert told["ARECIBO_TARGET"] == PROGRAM[0]
    assert command_words.split(told["ARECIBO_ARGUMENTS"], "win32") == list(PROGRAM[1:])
    assert not any(word in command[-1] for word in PROGRAM)
    for name in told:
        assert f"$env:{name}" in command[-1]


def test_a_shortcut_that_is_not_written_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="powershell"):
        start_menu.write(("arecibo.exe",), "", {"APPDATA": str(tmp_path), "SystemRoot": str(tmp_path)})


def test_the_icon_is_ours_where_there_is_one(tmp_path: Path) -> None:
    assert start_menu.icon(tmp_path, "python.exe") == "python.exe"
    (tmp_path / "arecibo.ico").touch()
    assert start_menu.icon(tmp_path, "python.exe") == str(tmp_path / "arecibo.ico")


@pytest.mark.skipif(sys.platform != "win32", reason="PowerShell of Windows")
def test_windows_writes_it(tmp_path: Path) -> None:
    there = {**os.environ, "APPDATA": str(tmp_path)}
    shortcut = start_menu.write((sys.executable, "main.py"), sys.executable, there)
    assert shortcut.read_bytes().startswith(b"L\0\0\0")
    start_menu.remove(there)
    assert not start_menu.is_there(there)
