"""The numbers on top of the queue."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.store.queue.flow import Flow
from tests.ui.queue.factories import make_snapshot
from ui.queue.numbers import NumbersStrip
from ui.wording import count


@pytest.fixture
def strip(qtbot: QtBot) -> NumbersStrip:
    made = NumbersStrip()
    qtbot.addWidget(made)
    return made


def test_dead_reports_alarm_until_there_are_none(strip: NumbersStrip) -> None:
    strip.show_numbers(make_snapshot(dead=2))
    assert strip.dead.value.text() == "2"
    assert strip.dead.value.property("alarming") is True
    assert strip.dead.accessibleName() == "dead letters: 2"
    strip.show_numbers(make_snapshot())
    assert strip.dead.value.property("alarming") is False


def test_rates(strip: NumbersStrip) -> None:
    strip.show_numbers(make_snapshot(flow=Flow(received=0.25, digested=1_234.5)))
    assert strip.received.value.text() == "0.2"
    assert strip.digested.value.text() == count(1_234)
    strip.show_numbers(make_snapshot())
    assert strip.received.value.text() == "–"


def test_a_clock_that_was_set_back_makes_no_negative_age(strip: NumbersStrip) -> None:
    strip.show_numbers(make_snapshot(pending=1, oldest=datetime.now(UTC) + timedelta(hours=1)))
    assert not strip.oldest.value.text().startswith("-")


def test_dropped_events_are_shown_only_where_there_are_any(strip: NumbersStrip) -> None:
    strip.show_numbers(make_snapshot())
    assert strip.dropped.isHidden()
    strip.show_numbers(make_snapshot(dropped=3))
    assert not strip.dropped.isHidden()
