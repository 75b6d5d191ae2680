"""Lines of tables and lines with bars: cut to their width, copied whole."""

from tests.ui.detail.read_page import ReadPage
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import MARGIN
from ui.detail.page.table_row import BarRow, HoursRow, TableRow


def test_cells_stand_at_their_widths_and_copy_whole(page: ReadPage) -> None:
    row = TableRow("k", ["short", "x" * 500], [0.5, 0.5], dot="accent", is_marked=True)
    sheet = row.sheet(PageTheme(page).type_, 600)
    first, second = sheet.spans
    assert second.text.endswith("…")
    assert second.whole == "x" * 500
    assert second.x + second.width <= 600 - MARGIN
    assert first.x < second.x
    assert (len(sheet.marks), len(sheet.fills), len(sheet.zones)) == (1, 1, 0)


def test_an_empty_cell_leaves_its_place(page: ReadPage) -> None:
    type_ = PageTheme(page).type_
    full = TableRow("k", ["a", "b"], [0.5, 0.5]).sheet(type_, 600)
    empty = TableRow("k", ["", "b"], [0.5, 0.5]).sheet(type_, 600)
    assert empty.spans[0].x == full.spans[1].x


def test_bars_are_as_long_as_their_share(page: ReadPage) -> None:
    type_ = PageTheme(page).type_

    def bar(share: float) -> float:
        return BarRow("k", "eu", share, "3").sheet(type_, 600).fills[1].rect.width()

    assert bar(0) == 0
    assert 0 < bar(0.0001) < bar(0.5) < bar(1)
    assert bar(1) == BarRow("k", "eu", 1, "3").sheet(type_, 600).fills[0].rect.width()
    assert bar(7) == bar(1)


def test_an_empty_value_has_a_name(page: ReadPage) -> None:
    assert "(empty)" in BarRow("k", "", 1, "3").sheet(PageTheme(page).type_, 600).spans[0].text


def test_the_hours_of_a_day_are_columns_with_words(page: ReadPage) -> None:
    counts = [0] * 24
    counts[15] = 3
    row = HoursRow("hours", counts)
    assert row.name == "By hour of the day; most between 15:00 and 16:00"
    sheet = row.sheet(PageTheme(page).type_, 700)
    assert sheet.tips[15].text == "15:00 to 16:00: 3 events"
    assert row.height(PageTheme(page).type_, 700) == sheet.height
