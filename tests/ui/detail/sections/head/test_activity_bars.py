"""The bars of an issue over time."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from app.store.inbox.counts.activity import Activity
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Sheet
from ui.detail.sections.head.activity_bars import ActivityBars

AREA = QRectF(10, 0, 200, 60)


def put(activity: Activity) -> Sheet:
    sheet = Sheet()
    ActivityBars(activity, lambda _text: None).put(sheet, PageTheme().type_, AREA)
    return sheet


def test_the_highest_bar_fills_the_room_and_every_event_is_seen(qapp: QApplication) -> None:
    sheet = put(Activity(begin=494_000, step=1, counts=(0, 1, 1_000_000)))
    bars = [fill.rect for fill in sheet.fills if fill.colour == "chart"]
    assert len(bars) == 2
    assert bars[0].height() == 2
    assert bars[1].top() == AREA.top()
    assert bars[0].bottom() == bars[1].bottom()
    assert all(AREA.contains(bar) for bar in bars)


@pytest.mark.parametrize(("step", "words"), [(1, "hour"), (24, "day"), (168, "week")])
def test_the_unit_is_said(qapp: QApplication, step: int, words: str) -> None:
    sheet = put(Activity(begin=494_016, step=step, counts=(4, *([0] * 40), 1)))
    assert sheet.zones[0].name.startswith(f"Events by the {words}")
    assert sheet.tips[0].text.endswith(": 4 events")
    assert sheet.text() == sheet.zones[0].name
    assert max(span.x + span.width for span in sheet.spans) <= AREA.right() + 1
