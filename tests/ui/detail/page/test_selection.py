"""Which text lies between two carets, and which caret is nearest to a point."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from ui.detail.page.layout import Stacking
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import TextLine
from ui.detail.page.selection import Caret, caret_at, selected_part, selected_text
from ui.detail.page.sheet import Font


@pytest.fixture
def stacking(qapp: QApplication) -> Stacking:
    """Two lines, the first of two pieces."""
    made = Stacking(PageTheme().type_, 400)
    pieces = [("first", Font.BODY, "text"), ("second", Font.BODY, "text")]
    made.append_section([TextLine("a", pieces), TextLine("b", [("third", Font.BODY, "text")])])
    return made


def test_pieces_of_a_row_are_joined_by_blanks_and_rows_by_lines(stacking: Stacking) -> None:
    assert selected_text(stacking, Caret(0, 0, 3), Caret(1, 0, 2)) == "st  second\nth"
    assert selected_text(stacking, Caret(0, 1, 0), Caret(0, 1, 3)) == "sec"


@pytest.mark.parametrize(
    ("number", "part"), [(0, (0, 0)), (1, (2, 9)), (2, (0, 9)), (3, (0, 4)), (4, (0, 0))]
)
def test_the_part_of_a_piece_between_two_carets(number: int, part: tuple[int, int]) -> None:
    assert selected_part(Caret(5, 1, 2), Caret(5, 3, 4), 5, number, 9) == part


def test_the_caret_nearest_to_a_point(stacking: Stacking) -> None:
    span = stacking.sheet(0).spans[1]
    end = QPointF(span.x + span.width + 50, span.baseline)
    assert caret_at(stacking, end) == Caret(0, 1, len("second"))
    assert caret_at(stacking, QPointF(0, stacking.tops[1] + 5)) == Caret(1, 0, 0)
    assert caret_at(Stacking(stacking.type_, 400), end) is None
