"""The strip of a pause: its sentence follows, its button stays under the mouse."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.clock import now_micros
from app.engine.child_protocol import IntakePaused
from ui.intake_strip import IntakeStrip


def test_the_sentence_follows_and_the_button_stays(qtbot: QtBot) -> None:
    strip = IntakeStrip()
    qtbot.addWidget(strip)
    now = now_micros()
    strip.show_pause(IntakePaused(now, None, 0))
    (button,) = [each for each in strip.findChildren(QPushButton) if each.text() == "Resume"]
    strip.show_pause(IntakePaused(now, None, 312))
    assert strip.sentence.endswith("312 reports turned away.")
    assert [each for each in strip.findChildren(QPushButton) if each.text() == "Resume"] == [button]
    with qtbot.waitSignal(strip.resume_requested):
        button.click()
    strip.show_pause(None)
    assert strip.isHidden()
    strip.show_pause(IntakePaused(now, now + 60_000_000, 0))
    assert " until " in strip.sentence
