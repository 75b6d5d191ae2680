"""The rows of the page's head at every width."""

import pytest
from PySide6.QtWidgets import QApplication

from app.store.inbox.counts.activity import Activity
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.typography import Typography
from ui.detail.sections.head.activity_bars import ActivityBars
from ui.detail.sections.head.header_rows import Badge, LevelRow, Number, NumbersRow

WIDTHS = pytest.mark.parametrize("width", [200, 400, 700, 1_400])


@pytest.fixture(scope="module")
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


@WIDTHS
def test_badges_stay_on_the_page(type_: Typography, width: int) -> None:
    badges = [Badge("came back", "danger"), Badge("x" * 300), Badge("unhandled", tooltip="not caught")]
    sheet = LevelRow("level", "error", badges).lay_out(type_, width)
    assert max(span.x + span.width for span in sheet.spans) <= width
    assert all(fill.rect.bottom() <= sheet.height for fill in sheet.fills)
    assert [tip.text for tip in sheet.tips] == ["not caught"]


@WIDTHS
def test_numbers_and_bars_stay_on_the_page_and_apart(type_: Typography, width: int) -> None:
    numbers = [Number("Events", "340"), Number("First seen", "3 days ago", "2026"), Number("Users", "9" * 60)]
    bars = ActivityBars(Activity(494_000, 1, (1,) * 24), lambda _text: None)
    sheet = NumbersRow("numbers", numbers, bars).lay_out(type_, width)
    assert max(span.x + span.width for span in sheet.spans) <= width
    (zone,) = sheet.zones
    assert zone.rect.bottom() <= sheet.height + 4
    beside = [span for span in sheet.spans if span.text in ("340", "3 days ago")]
    assert not any(zone.rect.contains(span.x, span.baseline) for span in beside)
    assert sheet.text().startswith(
        f"Events: 340\nFirst seen: 3 days ago\nUsers: {'9' * 60}\nEvents by the hour"
    )


def test_without_bars_nothing_acts(type_: Typography) -> None:
    row = NumbersRow("numbers", [Number("Events", "1")], None)
    assert not row.may_act()
    assert row.lay_out(type_, 500).zones == []
