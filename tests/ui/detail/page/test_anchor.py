"""What is read stays where it is while sections around it change."""

import pytest

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import bare_event, make_detail
from ui.detail.page.anchor import anchor_at, height_of
from ui.detail.page.rows import Row
from ui.detail.page.section import Section
from ui.detail.page.selection import Caret
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine


class Late(Section):
    """A section whose content comes later: `number` lines from `first` on."""

    name = "Late"
    number = 1
    first = 0

    def rows(self) -> list[Row]:
        lines = range(self.first, self.first + self.number)
        return [TextLine(("line", line), [(f"{self.name} {line}", Font.BODY, "text")]) for line in lines]


class Other(Late):
    name = "Other"
    number = 200


def shown(page: ReadPage) -> tuple[Late, Other]:
    detail = make_detail(bare_event())
    late, other = Late(detail, page), Other(detail, page)
    page.show()
    page.show_sections([late, other])
    page.text()
    return late, other


def top_line(page: ReadPage) -> tuple[str, float]:
    """The row at the top of the view, and how far it is scrolled past."""
    value = page.verticalScrollBar().value()
    index = page.stacking.index_at(value)
    return page.stacking.sheet(index).text(), value - page.stacking.tops[index]


def test_what_comes_late_above_moves_nothing(page: ReadPage) -> None:
    late, _other = shown(page)
    page.verticalScrollBar().setValue(1007)
    before = top_line(page)
    assert before[0].startswith("Other")
    late.number = 50
    page.rebuild(late)
    assert top_line(page) == before
    late.number = 0
    page.rebuild(late)
    assert top_line(page) == before


def test_what_comes_below_or_is_folded_around_it_moves_nothing(page: ReadPage) -> None:
    _late, other = shown(page)
    page.verticalScrollBar().setValue(1000)
    before = top_line(page)
    other.number = 400
    page.rebuild(other)
    assert top_line(page) == before
    other.first = 5
    page.rebuild(other)
    assert top_line(page) == before


def test_where_the_row_is_gone_the_one_above_it_tells(page: ReadPage) -> None:
    late, other = shown(page)
    late.number = 100
    page.rebuild(late)
    page.verticalScrollBar().setValue(1000)
    late.number = 10
    page.rebuild(late)
    assert page.verticalScrollBar().value() == round(page.stacking.tops[10])
    other.number = 3
    page.rebuild(other)
    assert page.verticalScrollBar().value() == page.verticalScrollBar().maximum()


def test_the_top_of_the_page_stays_its_top(page: ReadPage) -> None:
    late, _other = shown(page)
    late.number = 50
    page.rebuild(late)
    assert page.verticalScrollBar().value() == 0
    assert anchor_at(page.stacking, 0) is None
    assert height_of(page.stacking, None) == 0


def test_another_event_is_shown_at_the_same_row(page: ReadPage) -> None:
    shown(page)
    page.verticalScrollBar().setValue(1003)
    before = top_line(page)
    detail = make_detail(bare_event())
    late = Late(detail, page)
    late.number = 90
    page.show_sections([late, Other(detail, page)], keep_scroll=True)
    assert top_line(page) == before


@pytest.mark.parametrize(("row", "stays"), [(0, True), (30, False), (60, True)])
def test_a_selection_stays_unless_its_rows_were_replaced(page: ReadPage, row: int, stays: bool) -> None:
    late, other = shown(page)
    late.number = 20
    page.rebuild(late)
    third = Late(make_detail(bare_event()), page)
    third.number = 40
    page.show_sections([late, third, other])
    page.text()
    page.select(Caret(row, 0, 0), Caret(row, 0, 5))
    selected = page.selected_text()
    third.number = 10
    page.rebuild(third)
    assert page.selected_text() == (selected if stays else "")


def test_a_narrower_page_stays_at_its_row(page: ReadPage) -> None:
    shown(page)
    page.verticalScrollBar().setValue(1003)
    before = top_line(page)
    page.resize(400, 900)
    assert top_line(page) == before
