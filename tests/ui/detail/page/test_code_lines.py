"""Lines of code: broken where they are long, in rows of some."""

import pytest
from PySide6.QtWidgets import QApplication

from app.event_parts.pieces import Piece
from ui.detail.page.code_lines import LONGEST_LINE, CodeLines, code_rows
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.text_line import TextLine
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def test_a_long_line_is_broken_and_copied_whole(type_: Typography) -> None:
    row = CodeLines("a", [(Piece("x" * 500),), (Piece("y"),)])
    sheet = row.lay_out(type_, 600)
    assert len(sheet.spans) > 5
    assert sheet.text() == "x" * 500 + "\ny"


def test_an_endless_line_says_how_much_is_left_out(type_: Typography) -> None:
    text = CodeLines("a", [(Piece("x" * 5_000),)]).lay_out(type_, 600).text()
    assert text == "x" * LONGEST_LINE + f" … {5_000 - LONGEST_LINE:,} more"


def test_empty_lines_have_their_height(type_: Typography) -> None:
    assert (
        CodeLines("a", [(), (), ()]).lay_out(type_, 600).height
        == CodeLines("a", [(Piece("1"),)] * 3).lay_out(type_, 600).height
    )


def test_many_lines_are_rows_and_the_rest_is_asked_for() -> None:
    asked: list[int] = []
    rows = code_rows(
        "a", [(Piece(str(n)),) for n in range(100)], 60, lambda: asked.append(1), background=True
    )
    assert [len(row.lines) for row in rows if isinstance(row, CodeLines)] == [25, 25, 10]
    assert isinstance(rows[-1], TextLine)
    assert rows[-1].name == "40 more lines"
    assert rows[-1].activate is not None
    rows[-1].activate()
    assert asked == [1]
