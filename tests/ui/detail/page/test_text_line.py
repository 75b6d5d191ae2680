"""One line of pieces: what it cuts, and what it copies."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
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
