"""The foot of the preferences names what was changed last, and takes it back."""

from pytestqt.qtbot import QtBot

from ui.link.preferences_access import PreferencesAccess
from ui.preferences.undo_line import UndoLine


def test_the_last_change_is_named_and_taken_back(chosen: PreferencesAccess, qtbot: QtBot) -> None:
    line = UndoLine(chosen.history)
    qtbot.addWidget(line)
    assert line.undo.isHidden()
    chosen.change(newest_first=False)
    assert line.text.text() == "Changed: newest first"
    line.undo.click()
    assert chosen.chosen.newest_first
    assert line.undo.isHidden()
    line.redo.click()
    assert not chosen.chosen.newest_first
