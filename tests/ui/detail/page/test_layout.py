"""The positions of rows, and how a place is found again."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.detail.read_page import ReadPage
from tests.ui.detail.samples import make_detail
from ui.detail.page.layout import Place, Stacking
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import Space


def test_tab_reaches_every_zone_for_keys_and_then_leaves(page: ReadPage) -> None:
    page.open(make_detail())
    reached = 0
    place = None
    while (place := page.stacking.next_place(place, 1)) is not None:
        reached += 1
    assert reached == len([zone for _, zone in page.zones() if zone.by_key]) > 20
    back = 0
    while (place := page.stacking.next_place(place, -1)) is not None:
        back += 1
    assert back == reached


@pytest.fixture
def stacking(qapp: QApplication) -> Stacking:
    """Two sections of spaces: 10 and 20 pixels high, then 5."""
    made = Stacking(PageTheme().type_, 400)
    made.append_section([Space("a", 10), Space("b", 20)])
    made.append_section([Space("c", 5)])
    return made


def test_tops_add_up(stacking: Stacking) -> None:
    assert stacking.tops == [0, 10, 30, 35]
    assert stacking.height == 35
    assert [stacking.index_at(y) for y in (-1, 0, 9.5, 10, 34, 99)] == [0, 0, 0, 1, 2, 2]


def test_without_rows_no_height_has_a_row(qapp: QApplication) -> None:
    assert Stacking(PageTheme().type_, 400).index_at(10) == -1


def test_a_section_is_replaced_and_those_below_move(stacking: Stacking) -> None:
    place = stacking.place(2)
    stacking.replace_section(0, [Space("b", 20)])
    assert stacking.tops == [0, 20, 25]
    assert stacking.find(place) == 1
    assert stacking.find(Place(0, "a")) is None
    assert stacking.find(Place(7, "a")) is None
