"""Which text lies between two carets, and which caret is nearest to a point."""

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from app.model import Frame
from app.source.excerpt import lines_of
from ui.detail.page.heading import Control, Heading
from ui.detail.page.layout import Stacking
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.selection import Caret, caret_at, selected_part, selected_text
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.sections.stack.source_lines import SourceLines


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


def _all_copied(made: Stacking) -> str:
    return selected_text(made, Caret(0, 0, 0), Caret(len(made.rows) - 1, 99, 9_999))


def test_the_pages_own_words_are_not_copied(qapp: QApplication) -> None:
    made = Stacking(PageTheme().type_, 400)
    heading = Heading("Timeline", "2", (Control("Add a note", lambda: None),))
    cut = Paragraph("text", "word " * 200, most_lines=2, more=lambda: None)
    hint = TextLine("more", [("3 earlier", Font.SMALL, "accent")], hint=True)
    made.append_section([heading, hint, cut, TextLine("a", [("what came", Font.BODY, "text")])])
    copied = _all_copied(made)
    assert copied.startswith("Timeline  2\nword word")
    assert copied.endswith(("word\nwhat came", "word \nwhat came"))
    for own in ("Add a note", "3 earlier", "more"):
        assert own not in copied


def test_source_is_copied_without_numbers_with_its_indentation_and_wrapped_lines_as_one(
    qapp: QApplication,
) -> None:
    made = Stacking(PageTheme().type_, 400)
    long = "    return " + " + ".join(f"value_{number}" for number in range(12))
    context = ((9, "def total(items):"), (10, "    if items:"), (11, "    " + long))
    made.append_section([SourceLines("source", lines_of(Frame(line=11, context=context)), 11)])
    assert _all_copied(made) == f"def total(items):\n    if items:\n    {long}"
