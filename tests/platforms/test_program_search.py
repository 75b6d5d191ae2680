"""A program is found on the PATH, and never in the folder where Arecibo happens to work."""

from pathlib import Path

import pytest

from app.platforms import program_search


def program(folder: Path, name: str) -> str:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text("#!/bin/sh\n", "utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize(("platform", "name"), [("linux", "git"), ("darwin", "git"), ("win32", "git.exe")])
def test_what_is_planted_in_the_present_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, name: str
) -> None:
    program(tmp_path / "project", name)
    monkeypatch.chdir(tmp_path / "project")
    separator = ";" if platform == "win32" else ":"
    for path in ("", ".", f".{separator}", f"{separator}{tmp_path / 'none'}", "project"):
        assert program_search.find("git-of-nobody", {"PATH": path}, platform) is None
        found = program_search.find("git", {"PATH": path}, platform)
        assert found is None or Path(found).is_absolute()
        assert found is None or "project" not in found
    there = program(tmp_path / "bin", name)
    assert program_search.find("git", {"PATH": f".{separator}{tmp_path / 'bin'}"}, platform) == there


def test_windows_runs_programs_and_no_scripts(tmp_path: Path) -> None:
    for name in ("code.cmd", "code.bat", "code"):
        program(tmp_path, name)
    environ = {"PATH": f'"{tmp_path}"'}
    assert program_search.find("code", environ, "win32") is None
    assert program_search.find("code.cmd", environ, "win32") is None
    assert program_search.find(str(tmp_path / "code.cmd"), environ, "win32") is None
    there = program(tmp_path, "code.exe")
    assert program_search.find("code", environ, "win32") == there, "a folder of the PATH may be in quotes"
    assert program_search.find("code.EXE", environ, "win32") is None or Path(there).exists()
    assert program_search.find(str(tmp_path / "code"), environ, "win32") == there


def test_a_name_with_dots_is_one_name(tmp_path: Path) -> None:
    there = program(tmp_path, "python3.13.exe")
    assert program_search.find("python3.13", {"PATH": str(tmp_path)}, "win32") == there


def test_homebrew_is_searched_though_the_finder_does_not_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(program_search._folders({"PATH": "/usr/bin:/bin"}, "darwin")) == [
        "/usr/bin",
        "/bin",
        "/opt/homebrew/bin",
        "/usr/local/bin",
        "/opt/local/bin",
    ]


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    there = program(tmp_path, "vim")
    assert program_search.find(there, {"PATH": ""}, "linux") == there
    assert program_search.find(str(tmp_path / "emacs"), {"PATH": ""}, "linux") is None
