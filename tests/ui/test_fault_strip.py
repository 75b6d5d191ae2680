"""The strip of faults: its sentences follow, its button stays, and ends all of them."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.clock import now_micros
from app.engine.child_protocol import FaultSet
from ui.fault_strip import FaultStrip


def make_fault(number: int, met: int = 0) -> FaultSet:
    now = now_micros()
    return FaultSet(
        project_id=number,
        project=f"shop{number}",
        answer="429",
        seconds=10,
        share=1,
        since=now,
        until=now + 60_000_000,
        met=met,
    )


def test_it_shows_ends_and_goes(qtbot: QtBot) -> None:
    strip = FaultStrip()
    qtbot.addWidget(strip)
    strip.show_faults(())
    assert strip.isHidden()
    strip.show_faults((make_fault(1),))
    (button,) = [each for each in strip.findChildren(QPushButton) if each.text() == "End now"]
    strip.show_faults(tuple(make_fault(number, met=7) for number in range(1, 6)))
    assert strip.sentence.startswith("Requests of shop1 are answered 429")
    assert "7 requests met this." in strip.sentence
    assert strip.sentence.endswith("And of 2 more projects.")
    with qtbot.waitSignal(strip.end_requested) as ended:
        button.click()
    assert ended.args == [(1, 2, 3, 4, 5)]
    strip.show_faults(())
    assert strip.isHidden()
