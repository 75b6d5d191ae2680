"""The entry in the menu of a Linux desktop: where it is, what it says, and that it goes again."""

import configparser
import re
from pathlib import Path

import pytest

from app.desktop import menu_entry, program
from app.desktop.menu_entry import DesktopUnsupported


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_DATA_HOME": str(tmp_path / "share"), "HOME": str(tmp_path), "PATH": ""}


def read(text: str) -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser["Desktop Entry"]


def arguments_of(written: str) -> list[str]:
    """The arguments of an Exec line, as the specification reads them: a value, then quotes, then percents."""
    value = written.replace("\\\\", "\\")
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    return [re.sub(r'\\(["`$\\])', r"\1", quoted or bare).replace("%%", "%") for quoted, bare in found]


def test_it_is_written_into_the_persons_folders_and_removed(environ: dict[str, str], tmp_path: Path) -> None:
    entry = menu_entry.install(tmp_path / "data", environ)
    assert entry == tmp_path / "share" / "applications" / "arecibo.desktop"
    said = read(entry.read_text("utf-8"))
    assert said["MimeType"] == "x-scheme-handler/arecibo;"
    assert Path(said["Icon"]).read_bytes() == program.ICON.read_bytes()
    assert arguments_of(said["Exec"]) == [*program.command(tmp_path / "data"), "%u"]
    assert menu_entry.install(tmp_path / "data", environ) == entry, "again is no matter"
    assert menu_entry.remove(environ)
    assert not entry.exists()
    assert not Path(said["Icon"]).exists()
    assert not menu_entry.remove(environ)


@pytest.mark.parametrize(
    "argument", ["plain", "/a b/main.py", 'q"uote', "back`tick", "$HOME", "a\\b", "100%", "%u", "ä"]
)
def test_an_odd_path_is_one_argument(argument: str) -> None:
    assert arguments_of(menu_entry.quoted(argument)) == [argument]


def test_an_entry_without_links_takes_no_address() -> None:
    said = read(menu_entry.text(["/usr/bin/x"], program.ICON, opens_links=False))
    assert said["Exec"] == '"/usr/bin/x"'
    assert "MimeType" not in said


def test_where_a_program_can_write_one() -> None:
    assert menu_entry.is_supported("linux")
    assert menu_entry.is_supported("win32")
    assert not menu_entry.is_supported("darwin")


def test_on_windows_it_is_a_shortcut(tmp_path: Path) -> None:
    assert menu_entry.file({"APPDATA": str(tmp_path)}, "win32").name == "Arecibo.lnk"


def test_on_macos_it_is_said_that_there_is_none(tmp_path: Path, environ: dict[str, str]) -> None:
    for act in (
        lambda: menu_entry.install(tmp_path, environ, "darwin"),
        lambda: menu_entry.remove(environ, "darwin"),
    ):
        with pytest.raises(DesktopUnsupported, match="Applications folder"):
            act()
    assert not (tmp_path / "share").exists()
