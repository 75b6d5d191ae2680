"""The pages of the preferences are reached by their names."""

import pytest
from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.dialog import PAGES, PreferencesDialog


@pytest.fixture
def dialog(chosen: PreferencesAccess, qtbot: QtBot) -> PreferencesDialog:
    made = PreferencesDialog(chosen)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_shown_by_its_name(dialog: PreferencesDialog, name: str) -> None:
    dialog.show_page(name)
    assert dialog.names.item(dialog.pages.currentIndex()).text() == name


def test_an_unknown_page_is_a_bug(dialog: PreferencesDialog) -> None:
    with pytest.raises(KeyError):
        dialog.show_page("Nothing")
