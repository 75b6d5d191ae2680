"""Where editors are installed on each platform."""

from pathlib import Path

import pytest

from app.editors import install_places
from tests.platforms.memory_registry import MemoryRegistry


@pytest.mark.parametrize(
    ("platform", "program", "key"),
    [
        ("darwin", "Applications/Zed.app/Contents/MacOS/cli", "zed"),
        ("darwin", "Applications/PyCharm CE.app/Contents/MacOS/pycharm", "pycharm"),
        ("darwin", "Applications/Visual Studio Code.app/Contents/Resources/app/bin/code", "code"),
        ("darwin", "Library/Application Support/JetBrains/Toolbox/scripts/idea", "idea"),
        ("linux", ".local/share/JetBrains/Toolbox/scripts/goland", "goland"),
        ("win32", "Local/Programs/cursor/Cursor.exe", "cursor"),
        ("win32", "Local/Programs/Microsoft VS Code/Code.exe", "code"),
        ("darwin", "Applications/Xcode.app/Contents/Developer/usr/bin/xed", "xcode"),
        ("win32", "Local/Programs/PyCharm Professional/bin/pycharm64.exe", "pycharm"),
        ("win32", "scoop/apps/Notepad++/notepad++.exe", "notepad++"),
        ("win32", "PF/Microsoft Visual Studio/2022/Community/Common7/IDE/devenv.exe", "visual-studio"),
        ("win32", "PF/Notepad++/notepad++.exe", "notepad++"),
        ("win32", "PF/JetBrains/PyCharm 2026.1/bin/pycharm64.exe", "pycharm"),
    ],
)
def test_it_is_found(tmp_path: Path, platform: str, program: str, key: str) -> None:
    file = tmp_path / program
    file.parent.mkdir(parents=True)
    file.touch()
    environ = {
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "ProgramFiles": str(tmp_path / "PF"),
        "LOCALAPPDATA": str(tmp_path / "Local"),
    }
    found = {each.editor.key: each.command for each in install_places.find(environ, platform)}
    assert found == {key: (str(file),)}


def test_the_newest_of_several(tmp_path: Path) -> None:
    for version in ("2025.3", "2026.1"):
        folder = tmp_path / "JetBrains" / f"GoLand {version}" / "bin"
        folder.mkdir(parents=True)
        (folder / "goland64.exe").touch()
    (found,) = install_places.find({"ProgramFiles": str(tmp_path), "HOME": str(tmp_path)}, "win32")
    assert "2026.1" in found.command[0]


def test_one_that_its_installer_has_entered_in_the_registry(tmp_path: Path) -> None:
    program = tmp_path / "elsewhere" / "notepad++.exe"
    program.parent.mkdir()
    program.touch()
    entries = MemoryRegistry()
    app_paths = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths"
    entries.write(rf"{app_paths}\notepad++.exe", "", f'"{program}"')
    entries.write(rf"{app_paths}\sublime_text.exe", "", str(tmp_path / "gone.exe"))
    (found,) = install_places.find({"USERPROFILE": str(tmp_path)}, "win32", entries)
    assert (found.editor.key, found.command) == ("notepad++", (str(program),))
