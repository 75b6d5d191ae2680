"""Changes of the settings file: comments and order stay, and what could not be used is not written."""

from pathlib import Path

import pytest

from app import settings, settings_file
from app.settings import SettingsError

WRITTEN = """# my settings
known_keys = [
    "shop",  # the old one
]
port = 1975  # the other is taken

[retention]
# three months
days = 90
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "config" / "settings.toml"
    made.parent.mkdir()
    made.write_text(WRITTEN)
    return made


def test_a_change_leaves_the_rest_as_it_was_written(file: Path) -> None:
    before = settings_file.change(file, {"port": 1980, "retention.days": 30, "backup.daily": True})
    assert before == {"port": 1975, "retention.days": 90, "backup.daily": None}
    text = file.read_text()
    assert "port = 1980  # the other is taken" in text
    assert "# three months\ndays = 30\n" in text
    assert '"shop",  # the old one' in text
    found = settings.load(environ={}, file=file)
    assert (found.port, found.retention.days, found.backup.daily) == (1980, 30, True)
    settings_file.change(file, before)
    found = settings.load(environ={}, file=file)
    assert (found.port, found.retention.days, found.backup.daily) == (1975, 90, False)
    assert file.read_text().startswith(WRITTEN)


def test_lists_and_removed_settings_come_back(file: Path) -> None:
    before = settings_file.change(file, {"known_keys": ("a", "b"), "smtp_port": 2525})
    assert before == {"known_keys": ("shop",), "smtp_port": None}
    assert settings.load(environ={}, file=file).known_keys == ("a", "b")
    settings_file.change(file, before)
    assert settings.load(environ={}, file=file).known_keys == ("shop",)
    assert settings.load(environ={}, file=file).smtp_port is None


def test_without_a_file_one_is_made(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    assert settings_file.change(file, {"retention.days": 3}) == {"retention.days": None}
    assert file.read_text() == "[retention]\ndays = 3\n"
    assert [each.name for each in file.parent.iterdir() if each.suffix != ".lock"] == [file.name]


@pytest.mark.parametrize(
    "values", [{"port": 70_000}, {"retention.days": 0}, {"nonsense": 1}, {"port.x": 1}, {"host": 3.5}]
)
def test_what_could_not_be_used_is_not_written(file: Path, values: dict[str, settings_file.Value]) -> None:
    with pytest.raises(SettingsError) as refused:
        settings_file.change(file, values)
    assert "draft" not in str(refused.value)
    assert file.read_text() == WRITTEN


def test_a_file_with_a_fault_is_left_alone_and_the_line_is_named(file: Path) -> None:
    file.write_text("port = 1\nhost = \n")
    with pytest.raises(SettingsError, match="line 2"):
        settings_file.change(file, {"port": 2})
    file.write_text("port = 1\n\n[retention]\ndays = 0\n")
    with pytest.raises(SettingsError, match="line 4"):
        settings_file.change(file, {"port": 2})
    assert file.read_text().startswith("port = 1\n")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be written"):
        settings_file.change(tmp_path / "file" / "settings.toml", {"port": 2})
