"""The page of keys is complete, shows the keys in force, and is found through by its field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QBoxLayout, QLabel
from pytestqt.qtbot import QtBot

from ui.commands.keymap import keymap
from ui.commands.table import COMMANDS, FIXED
from ui.keyboard.keys_help import KeysHelp


@pytest.fixture
def page(qtbot: QtBot) -> KeysHelp:
    made = KeysHelp()
    qtbot.addWidget(made)
    made.show()
    return made


def shown(page: KeysHelp) -> set[str]:
    return {label.text() for label in page.findChildren(QLabel) if label.isVisible()}


def test_it_names_every_command_and_every_other_key(page: KeysHelp) -> None:
    assert {command.label for command in COMMANDS if command.is_listed} <= shown(page)
    assert {fixed.keys for group in FIXED.values() for fixed in group} <= shown(page)


def test_the_field_finds_by_key_and_by_word(page: KeysHelp) -> None:
    QTest.keyClicks(page.filter, "ctrl+k")
    assert "Find a command, a place, an issue or a setting …" in shown(page)
    assert "Undo" not in shown(page)
    assert "Window" not in shown(page), "a group without lines has no heading"
    QTest.keyClicks(page.filter, "zzz")
    assert "No key and no command is called that." in shown(page)
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.isVisible(), "the first Esc empties the field"
    assert "Undo" in shown(page)


def test_it_shows_another_key_at_once(page: KeysHelp) -> None:
    keymap().use({"mute": ("Ctrl+F11",)})
    assert "Ctrl+F11" in shown(page)


@pytest.mark.parametrize(
    ("width", "direction"),
    [(900, QBoxLayout.Direction.LeftToRight), (500, QBoxLayout.Direction.TopToBottom)],
)
def test_it_has_two_columns_where_there_is_room(
    page: KeysHelp, width: int, direction: QBoxLayout.Direction
) -> None:
    page.resize(width, 500)
    page.grab()
    body = page.area.widget()
    assert body is not None
    layout = body.layout()
    assert isinstance(layout, QBoxLayout)
    assert layout.direction() is direction
    assert body.width() <= page.area.viewport().width(), "nothing is out of reach at the right"
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert page.area.verticalScrollBar().value() > 0


def test_it_leads_to_changing_them(page: KeysHelp, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.change_requested):
        page.change_button.click()
