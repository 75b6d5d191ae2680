"""How stack traces are read: chosen here or on the page, shown in both."""

from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.reading_page import ReadingPage


def test_ticks_show_and_change_what_is_chosen(chosen: PreferencesAccess, qtbot: QtBot) -> None:
    page = ReadingPage(chosen)
    qtbot.addWidget(page)
    assert (page.newest_first.isChecked(), page.only_in_app.isChecked()) == (True, True)
    page.newest_first.setChecked(False)
    assert not chosen.chosen.newest_first
    chosen.change(only_in_app=False)
    assert not page.only_in_app.isChecked()
