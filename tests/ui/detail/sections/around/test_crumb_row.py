"""One breadcrumb on a line."""

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.event_parts.pieces import Piece, Role
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.typography import Typography
from ui.detail.sections.around.crumb_row import Crumb, CrumbRow


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def row(message: str, **given: Any) -> CrumbRow:
    line = (Piece(message),)
    crumb = Crumb(when="-2 s", at="12:00:00", level="error", category="query", line=line, message=message)
    return CrumbRow(1, crumb, widest="navigation", activate=lambda: None, **given)


def test_one_that_opens_shows_the_exact_time_when_it_is_hovered(type_: Typography) -> None:
    (zone,) = row("SELECT 1").sheet(type_, 600).zones
    assert (zone.opened, zone.tooltip) == (False, "12:00:00")
    assert row("SELECT 1").sheet(type_, 600).text() == "-2 s  query  SELECT 1"


def test_pieces_have_the_colours_of_their_roles_and_copy_as_one_text(type_: Typography) -> None:
    line = (Piece("GET ", Role.NAME), Piece("503 ", Role.BAD), Piece("/path"))
    crumb = Crumb(when="-1 s", at="", level="info", category="http", line=line, icon="web")
    sheet = CrumbRow(1, crumb, widest="http").sheet(type_, 600)
    assert [span.colour for span in sheet.spans[-3:]] == ["syntax_name", "danger", "text_muted"]
    assert sheet.text() == "-1 s  http  GET 503 /path"
    assert [glyph.meaning for glyph in sheet.glyphs] == ["web"]


def test_a_statement_that_was_set_out_takes_the_place_of_the_line(type_: Typography) -> None:
    statement = ((Piece("SELECT", Role.KEYWORD),), (Piece("FROM b"),))
    crumb = Crumb(
        "-1 s", "", "info", "query", (Piece("SELECT FROM b"),), "SELECT FROM b", statement=statement
    )
    sheet = CrumbRow(1, crumb, widest="query", opened=True).sheet(type_, 600)
    assert sheet.text() == "-1 s  query  SELECT\nFROM b"


def test_a_long_one_is_cut_and_opens_to_all_of_it(type_: Typography) -> None:
    message = "word " * 100
    closed, opened = row(message), row(message, opened=True)
    assert closed.sheet(type_, 600).zones[0].opened is False
    assert opened.height(type_, 600) > closed.height(type_, 600)
    assert opened.sheet(type_, 600).text().count("word") == 100
