"""The kinds of rows: what they cut, what they copy, and which zones they have."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.rows import LONGEST_SHOWN, MARGIN, Control, Heading, Paragraph, TextLine
from ui.detail.page.sheet import Font
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def test_a_line_that_is_cut_copies_whole(type_: Typography) -> None:
    long = "word " * 200
    sheet = TextLine("key", [(long, Font.BODY, "text")]).sheet(type_, 300)
    assert sheet.spans[0].text.endswith("…")
    assert sheet.text() == long


def test_pieces_without_room_are_left_out(type_: Typography) -> None:
    pieces = [("word " * 200, Font.BODY, "text"), ("never seen", Font.BODY, "text")]
    assert len(TextLine("key", pieces).sheet(type_, 300).spans) == 1


def test_a_heading_folds_and_its_controls_act(type_: Typography) -> None:
    done: list[str] = []
    control = Control("Copy", lambda: done.append("copy"))
    heading = Heading("Tags", "2", [control], opened=False, toggle=lambda: done.append("toggle"))
    zones = {zone.name: zone for zone in heading.sheet(type_, 600).zones}
    assert zones["Tags"].opened is False
    for name in ("Copy", "Tags"):
        zones[name].activate()
    assert done == ["copy", "toggle"]
    assert zones["Copy"].rect.right() <= 600 - MARGIN + 8


def test_a_paragraph_that_is_too_long_shows_how_much_is_left_out(type_: Typography) -> None:
    text = "x" * (LONGEST_SHOWN + 500)
    sheet = Paragraph("key", text, most_lines=3).sheet(type_, 600)
    assert "500 more characters, not shown" in sheet.text()
    assert sheet.height > 3 * type_.leading(Font.BODY)


def test_a_row_is_laid_out_again_only_for_another_width(type_: Typography) -> None:
    row = TextLine("key", [("text", Font.BODY, "text")])
    first = row.sheet(type_, 300)
    assert row.sheet(type_, 300) is first
    assert row.sheet(type_, 301) is not first


def test_a_row_is_laid_out_again_for_other_fonts(type_: Typography) -> None:
    row = TextLine("key", [("text", Font.BODY, "text")])
    first = row.sheet(type_, 300)
    assert row.sheet(Typography(type_.fonts), 300) is not first


def test_nobody_copies_a_buttons_text(type_: Typography) -> None:
    control = Control("Search", lambda: None)
    assert Heading("Tags", "2", [control]).sheet(type_, 600).copied_text() == "Tags  2"
    pieces = [("3 locals", Font.SMALL, "text_muted")]
    line = TextLine("key", pieces, activate=lambda: None, opened=True, control=control)
    sheet = line.sheet(type_, 600)
    assert sheet.copied_text() == "3 locals"
    assert [zone.name for zone in sheet.zones] == ["3 locals", "Search"]
    assert [sheet.zones[span.zone].name for span in sheet.spans if span.zone is not None] == ["Search"]


def test_of_a_choice_the_alternative_that_holds_stands_on_a_ground_of_its_own(type_: Typography) -> None:
    choice = [
        Control("Newest first", lambda: None, on=True, joined=True),
        Control("Oldest first", lambda: None, on=False),
    ]
    sheet = Heading("Stack", "", choice).sheet(type_, 600)
    (ground,) = sheet.fills
    marked = next(span for span in sheet.spans if span.text == "Newest first")
    assert ground.rect.left() < marked.x
    assert ground.rect.right() > marked.x + marked.width
