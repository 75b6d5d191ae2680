"""Writing a note."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model import LONGEST_NOTE
from ui.issues.note_dialog import NoteDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> NoteDialog:
    made = NoteDialog("KeyError: 'card'")
    made.show()
    return made


def test_it_is_saved_by_key_without_blanks_around(dialog: NoteDialog, qtbot: QtBot) -> None:
    dialog.text.setPlainText("  known since Monday\n")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.written) as written:
        QTest.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert written.args == ["known since Monday"]


@pytest.mark.parametrize("text", ["", " \n ", "x" * (LONGEST_NOTE + 1)])
def test_an_empty_and_a_too_long_note_cannot_be_saved(dialog: NoteDialog, text: str) -> None:
    dialog.text.setPlainText(text)
    assert not dialog.save.isEnabled()
    dialog.close()
