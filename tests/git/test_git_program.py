"""Which git is run on each platform."""

from pathlib import Path

from app.git import git_program

STAND_IN = "/usr/bin/git"
TOOLS = "/Library/Developer/CommandLineTools/usr/bin/git"


def planted(folder: Path, name: str = "git") -> str:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\n", "utf-8")
    file.chmod(0o755)
    return str(file)


def test_the_one_on_the_path(tmp_path: Path) -> None:
    there = planted(tmp_path / "bin")
    for platform in ("linux", "darwin"):
        assert git_program.find({"PATH": str(tmp_path / "bin")}, platform) == there
    exe = planted(tmp_path / "bin", "git.exe")
    assert git_program.find({"PATH": str(tmp_path / "bin")}, "win32") == exe


def test_one_that_was_installed_meanwhile_is_found_and_one_that_is_gone_is_not(tmp_path: Path) -> None:
    environ = {"PATH": str(tmp_path)}
    assert git_program.find(environ, "linux") is None
    there = planted(tmp_path)
    assert git_program.find(environ, "linux") == there
    Path(there).unlink()
    assert git_program.find(environ, "linux") is None


def test_macos_stand_in_is_run_only_with_what_is_behind_it() -> None:
    if Path(STAND_IN).is_file():
        environ = {"PATH": "/usr/bin"}
        assert git_program.find(environ, "darwin", lambda _file: False) is None
        assert git_program.find(environ, "darwin", {TOOLS}.__contains__) == TOOLS


def test_windows_usual_places(tmp_path: Path) -> None:
    there = planted(tmp_path / "Programs" / "Git" / "cmd", "git.exe")
    environ = {"PATH": "", "ProgramFiles": str(tmp_path / "none"), "LOCALAPPDATA": str(tmp_path)}
    assert git_program.find(environ, "win32") == there
    assert git_program.find({"PATH": ""}, "win32") is None
