"""Every setting of the table is on its page, and is found by other words than its own, too."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.catalogue import SETTINGS, find
from ui.preferences.dialog import PAGES


@pytest.mark.parametrize("name", PAGES)
def test_each_page_has_settings_that_are_there(name: str, chosen: PreferencesAccess, qtbot: QtBot) -> None:
    page = PAGES[name](chosen)
    qtbot.addWidget(page)
    assert SETTINGS[name], "a page that nobody finds"
    for setting in SETTINGS[name]:
        assert isinstance(getattr(page, setting.control), QWidget), setting


def test_a_setting_is_found_by_other_words() -> None:
    (found,) = find("VENDOR", tuple(PAGES))
    assert [each.control for each in found.settings] == ["only_in_app"]


def test_a_page_is_found_by_its_name_with_all_of_its_settings() -> None:
    (found,) = find("folders", ("Folders",))
    assert found.settings == SETTINGS["Folders"]


def test_without_a_search_all_pages_are_found() -> None:
    assert [each.page for each in find(" ", tuple(PAGES))] == list(PAGES)
