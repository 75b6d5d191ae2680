"""The pages of the preferences are reached by their names, and settings by a search; changes are undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.dialog import PAGES, PreferencesDialog


@pytest.fixture
def dialog(chosen: PreferencesAccess, qtbot: QtBot) -> PreferencesDialog:
    made = PreferencesDialog(chosen)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_shown_by_its_name(dialog: PreferencesDialog, name: str) -> None:
    dialog.show_page(name)
    item = dialog.names.item(dialog.pages.currentIndex())
    assert item is not None
    assert item.text() == name


def test_an_unknown_page_is_a_bug(dialog: PreferencesDialog) -> None:
    with pytest.raises(KeyError):
        dialog.show_page("Nothing")


def test_a_setting_is_searched_and_reached_by_keyboard(
    dialog: PreferencesDialog, chosen: PreferencesAccess
) -> None:
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "scrub before")
    assert dialog.pages.currentIndex() == list(PAGES).index("Privacy")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    focused = dialog.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert chosen.chosen.scrub_on_receipt
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert dialog.search.text() == ""
    assert dialog.isVisible()
    assert dialog.names.count() == len(PAGES)
    assert dialog.pages.currentIndex() == list(PAGES).index("Privacy")


def test_nothing_that_matches_leaves_the_page(dialog: PreferencesDialog) -> None:
    dialog.show_page("Traces")
    dialog.search.setText("zzzz")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.names.count() == 0
    assert dialog.pages.currentIndex() == list(PAGES).index("Traces")


def test_changes_are_undone_and_redone_by_key(dialog: PreferencesDialog, chosen: PreferencesAccess) -> None:
    dialog.show_page("Reading")
    chosen.change(newest_first=False)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(dialog.names, Qt.Key.Key_Z, control)
    assert chosen.chosen.newest_first
    QTest.keyClick(dialog.names, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert not chosen.chosen.newest_first


def test_a_single_setting_is_opened(dialog: PreferencesDialog) -> None:
    dialog.show_page("Traces", "hours")
    assert dialog.focusWidget() is not None
    assert dialog.focusWidget().accessibleName() == "For how long"
