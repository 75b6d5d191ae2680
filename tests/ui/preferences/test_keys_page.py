"""Keys are found, changed, taken from others with a warning, reset and undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.commands.keymap import keymap
from ui.link.preferences_access import PreferencesAccess
from ui.preferences.keys_page import KeysPage


@pytest.fixture
def page(chosen: PreferencesAccess, qtbot: QtBot) -> KeysPage:
    made = KeysPage(chosen)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(page: KeysPage) -> list[str]:
    found = []
    for number in range(page.list.topLevelItemCount()):
        heading = page.list.topLevelItem(number)
        assert heading is not None
        items = [item for item in map(heading.child, range(heading.childCount())) if item is not None]
        found += [item.text(0) for item in items if not item.isHidden()]
    return found


def press(page: KeysPage, keys: str) -> None:
    page.recorder.setKeySequence(QKeySequence(keys))


def test_a_free_key_is_used(page: KeysPage, chosen: PreferencesAccess) -> None:
    page.choose("mute")
    press(page, "F9")
    assert page.said.text() == "F9 is free."
    page.use.click()
    assert chosen.chosen.keys == {"mute": ("F9",)}
    assert keymap().shown("mute") == "F9"


def test_two_keys_are_recorded_as_they_are_pressed(page: KeysPage, chosen: PreferencesAccess) -> None:
    page.choose("help")
    for key in (Qt.Key.Key_F9, Qt.Key.Key_H):
        QTest.keyClick(page.recorder, key)
    page.use.click()
    assert chosen.chosen.keys == {"help": ("F9, H",)}


def test_a_taken_key_says_whose_it_is_and_is_taken(page: KeysPage, chosen: PreferencesAccess) -> None:
    page.choose("mute")
    press(page, "E")
    assert "“Resolve”" in page.said.text()
    page.add.click()
    assert chosen.chosen.keys == {"mute": ("M", "E"), "resolve": ()}
    chosen.history.undo()
    assert keymap().keys("resolve") == ("E",)


def test_one_is_reset_and_all_are(page: KeysPage, chosen: PreferencesAccess) -> None:
    page.choose("mute")
    assert not page.reset.isEnabled()
    page.none.click()
    page.choose("note")
    page.none.click()
    assert chosen.chosen.keys == {"mute": (), "note": ()}
    page.reset.click()
    assert chosen.chosen.keys == {"mute": ()}
    page.reset_all.click()
    assert chosen.chosen.keys == {}
    assert not page.reset_all.isEnabled()


def test_a_command_is_found_by_its_key_or_its_words(page: KeysPage) -> None:
    QTest.keyClicks(page.search, "ctrl+k")
    assert shown(page) == ["Find a command, a place, an issue or a setting …"]
    assert page.command == "palette", "what is hidden is not chosen"
    page.search.clear()
    QTest.keyClicks(page.search, "mute")
    assert shown(page)[0] == "Mute …"
    assert "Undo" not in shown(page)


def test_a_key_is_changed_by_keyboard_alone(page: KeysPage, chosen: PreferencesAccess, qtbot: QtBot) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClicks(page.search, "muted")
    assert page.command == "go_muted"
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.command == "go_muted", "there is no other"
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    QTest.keyClick(page.recorder, Qt.Key.Key_F9)
    QTest.keyClick(page.use, Qt.Key.Key_Space)
    assert chosen.chosen.keys == {"go_muted": ("F9",)}
