"""Chips: wrapped, walked by the keyboard, each with its menu."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from ui.detail.page.chips import Chip, ChipFlow
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import MARGIN
from ui.detail.page.sheet import MenuEntry
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def nothing() -> None:
    pass


def test_chips_wrap_and_are_copied_as_lines(type_: Typography) -> None:
    row = ChipFlow(
        "tags", [Chip("customer", "gold", nothing), Chip("", "Chrome 120", nothing, icon="browser")]
    )
    wide, narrow = row.lay_out(type_, 600), row.lay_out(type_, 180)
    assert wide.height < narrow.height
    assert wide.text() == "customer: gold\nChrome 120"
    assert [zone.name for zone in wide.zones] == ["customer: gold", "Chrome 120"]
    assert [glyph.meaning for glyph in wide.glyphs] == ["browser"]


def test_a_chip_has_a_menu_and_a_mark_when_it_is_on(type_: Typography) -> None:
    entry = MenuEntry("Copy value", nothing)
    sheet = ChipFlow(
        "tags", [Chip("a", "b", nothing, on=True, menu=[entry]), Chip("c", "d", nothing)]
    ).lay_out(type_, 600)
    assert list(sheet.zones[0].menu) == [entry]
    assert [fill.colour for fill in sheet.fills] == ["selected", "code_background"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=400)), max_size=12), st.integers(150, 1_200))
def test_no_chip_leaves_the_page(type_: Typography, tags: list[tuple[str, str]], width: int) -> None:
    sheet = ChipFlow("tags", [Chip(name, value, nothing) for name, value in tags]).lay_out(type_, width)
    assert all(zone.rect.right() <= width - MARGIN + 1 for zone in sheet.zones)
    assert all(zone.rect.bottom() <= sheet.height for zone in sheet.zones)
