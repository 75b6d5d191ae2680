"""Pieces on a row: coloured, cut with a mark, and shown as what they are."""

import pytest
from PySide6.QtWidgets import QApplication

from app.event_parts.pieces import Piece, Role
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.piece_colours import COLOURS, put_lines_of_pieces, put_pieces
from ui.detail.page.sheet import Font, Sheet
from ui.detail.page.typography import Typography
from ui.theme import LIGHT


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def test_every_role_has_a_colour_of_the_theme() -> None:
    assert COLOURS.keys() == set(Role)
    assert all(hasattr(LIGHT, colour) for colour in COLOURS.values())


def test_pieces_that_do_not_fit_are_cut_with_a_mark(type_: Typography) -> None:
    line = (Piece("SELECT ", Role.KEYWORD), Piece("a" * 100), Piece("b" * 100))
    sheet = Sheet()
    assert not put_pieces(sheet, type_, 0, 10, line, Font.CODE, room=200)
    assert sheet.spans[-1].text.endswith("…")
    assert put_pieces(Sheet(), type_, 0, 10, line[:1], Font.CODE, room=200)


def test_what_turns_text_around_is_a_mark_and_is_copied_as_it_was(type_: Typography) -> None:
    sheet = Sheet()
    put_pieces(sheet, type_, 0, 10, (Piece("a\u202eb\x1b[31m"),), Font.BODY, room=500)
    assert sheet.spans[0].text == "a‹202E›b"
    assert sheet.text() == "a\u202eb\x1b[31m"


def test_lines_stand_below_each_other_and_copy_as_lines(type_: Typography) -> None:
    sheet = Sheet()
    end = put_lines_of_pieces(
        sheet, type_, [(Piece("a"), Piece("b")), (Piece("c"),)], 0, 0, Font.CODE, room=99
    )
    assert sheet.text() == "ab\nc"
    assert end == 2 * type_.leading(Font.CODE)
