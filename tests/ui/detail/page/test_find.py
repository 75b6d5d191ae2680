"""What is found in one row, and where it is on the screen."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.find import FoundInRow, Part, Wanted, find_in_row
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import Row
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def found(row: Row, text: str, type_: Typography, width: int = 600) -> FoundInRow:
    return find_in_row(row, Wanted(text), type_, width)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [("key", 3), ("Key", 1), ("KEY", 1), ("kEy", 0), (".*", 0), ("key key", 1), ("y k", 2)],
)
def test_capitals_count_only_where_there_is_one(wanted: str, number: int) -> None:
    assert Wanted(wanted).number_in("Key key KEY") == number


def test_letters_whose_lower_case_is_longer_move_nothing() -> None:
    assert list(Wanted("é").starts("İÉé")) == [(1, 2), (2, 3)]


def test_matches_do_not_overlap() -> None:
    assert list(Wanted("aa").starts("aaaaa")) == [(0, 2), (2, 4)]


def test_a_match_across_a_line_break_of_a_paragraph_has_two_parts(type_: Typography) -> None:
    row = Paragraph("text", "x" * 30 + "needle" + "y" * 400, Font.CODE)
    row.lay_out(type_, 300)
    width = 300
    lines = [span.text for span in row.lay_out(type_, width).spans]
    cut = len(lines[0])
    text = "x" * (cut - 3) + "needle" + "y" * 200
    result = found(Paragraph("text", text, Font.CODE), "needle", type_, width)
    assert result.matches == ((Part(0, cut - 3, cut), Part(1, 0, 3)),)


def test_what_is_cut_at_the_right_is_found_and_all_that_shows_is_marked(type_: Typography) -> None:
    text = "begin " + "word " * 200 + "needle"
    row = TextLine("line", [(text, Font.BODY, "text")])
    shown = len(row.lay_out(type_, 300).spans[0].text)
    assert found(row, "needle", type_, 300).matches == ((Part(0, 0, shown),),)
    assert found(row, "begin", type_, 300).matches == ((Part(0, 0, 5),),)


def test_a_paragraph_folds_away_what_it_does_not_show(type_: Typography) -> None:
    opened: list[int] = []
    row = Paragraph(
        "text", "\n".join(f"line {n}" for n in range(50)), most_lines=3, more=lambda: opened.append(1)
    )
    result = found(row, "line", type_)
    assert len(result.matches) == 3
    assert result.folded is not None
    assert Wanted("line").number_in(result.folded.text()) == 47
    assert result.folded.unfold is not None
    result.folded.unfold()
    assert opened == [1]
    assert found(Paragraph("text", "line"), "line", type_).folded is None


def test_a_closed_row_says_what_it_folds_away(type_: Typography) -> None:
    def line(*, opened: bool) -> TextLine:
        pieces = [("more", Font.BODY, "text")]
        return TextLine("line", pieces, activate=lambda: None, opened=opened, hidden=lambda: "needle")

    closed = found(line(opened=False), "needle", type_).folded
    assert closed is not None
    assert closed.text() == "needle"
    assert found(line(opened=True), "needle", type_).folded is None
