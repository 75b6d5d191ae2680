"""The tray, the start at login and the entry in the menu, in folders of the test."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.program.desktop_page import DesktopPage


@pytest.fixture
def page(
    access: PreferencesAccess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> DesktopPage:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", "")
    made = DesktopPage(access)
    qtbot.addWidget(made)
    made.show()
    return made


def test_start_at_login_is_switched_and_taken_back(
    page: DesktopPage, access: PreferencesAccess, tmp_path: Path, qtbot: QtBot
) -> None:
    entry = tmp_path / "config" / "autostart" / "arecibo.desktop"
    page.at_login.click()
    qtbot.waitUntil(entry.exists)
    access.history.undo()
    qtbot.waitUntil(lambda: not entry.exists() and not page.at_login.isChecked())


def test_the_entry_in_the_menu_comes_and_goes(
    page: DesktopPage, access: PreferencesAccess, tmp_path: Path, qtbot: QtBot
) -> None:
    entry = tmp_path / "share" / "applications" / "arecibo.desktop"
    assert not entry.exists(), "nothing is written without a person's wish"
    page.entry.click()
    qtbot.waitUntil(lambda: page.entry.text() == "Remove from the menu")
    assert page.where.text() == str(entry)
    access.history.undo()
    qtbot.waitUntil(lambda: page.entry.text() == "Add to the menu")
    assert not entry.exists()


def test_what_cannot_be_written_is_said(page: DesktopPage, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "share").write_text("")
    page.entry.click()
    qtbot.waitUntil(page.problem.isVisible)
    assert "share" in page.problem.text()


def test_closing_to_the_tray_is_off_at_first(page: DesktopPage, access: PreferencesAccess) -> None:
    assert not page.close_to_tray.isChecked()
    page.close_to_tray.click()
    assert access.chosen.close_to_tray
    assert page.no_tray.isVisible(), "the offscreen platform has none"
    page.tray.click()
    assert not page.close_to_tray.isEnabled()
