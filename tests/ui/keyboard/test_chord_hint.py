"""After G the card says what can follow, to who hesitates; the next key ends it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.commands import COMMANDS, make_actions
from ui.keyboard import chord_hint
from ui.keyboard.chord_hint import ChordHint


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(chord_hint, "HESITATION_MS", 0)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    layout = QVBoxLayout(made)
    field, ground = QLineEdit(), QWidget()
    ground.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout.addWidget(field)
    layout.addWidget(ground)
    make_actions(made, {command.name: lambda: None for command in COMMANDS})
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    ground.setFocus()
    return made


def press(window: QWidget, key: Qt.Key) -> None:
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def test_it_says_what_can_follow_until_the_next_key(window: QWidget, qtbot: QtBot) -> None:
    hint = ChordHint(window)
    press(window, Qt.Key.Key_G)
    qtbot.waitUntil(hint.isVisible)
    assert {"G I", "Go to the inbox"} <= {label.text() for label in hint.findChildren(QLabel)}
    assert window.rect().contains(hint.geometry())
    press(window, Qt.Key.Key_I)
    assert not hint.isVisible()


def test_a_letter_that_is_typed_is_no_first_key(window: QWidget, qtbot: QtBot) -> None:
    hint = ChordHint(window)
    field = window.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    press(window, Qt.Key.Key_G)
    assert field.text() == "g"
    qtbot.wait(1)
    assert not hint.isVisible()
