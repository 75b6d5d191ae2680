"""The chip of a session."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.model import to_micros
from ui.places import Session
from ui.sessions.chip import SessionChip, words

AT = datetime(2026, 3, 4, 14, 5, tzinfo=UTC).astimezone()


def test_what_it_says() -> None:
    since = to_micros(AT)
    assert words(Session(since), AT) == f"since {AT:%H:%M}"
    assert words(Session(since, is_fresh=True), AT) == f"new since {AT:%H:%M}"
    assert words(Session(since), AT + timedelta(days=2)) == f"since {AT.day} Mar, {AT:%H:%M}"


def test_it_is_there_during_a_session_and_ends_it(qtbot: QtBot) -> None:
    chip = SessionChip()
    qtbot.addWidget(chip)
    assert chip.isHidden()
    chip.show_session(Session(to_micros(AT)))
    assert chip.isVisible()
    with qtbot.waitSignal(chip.menu_requested):
        QTest.keyClick(chip.choose, Qt.Key.Key_Space)
    with qtbot.waitSignal(chip.ended):
        QTest.keyClick(chip.end, Qt.Key.Key_Space)
    chip.show_session(None)
    assert chip.isHidden()
