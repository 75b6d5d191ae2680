"""Text of several lines: what it leaves out is said."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.paragraph import Paragraph
from ui.detail.page.rows import LONGEST_SHOWN
from ui.detail.page.sheet import Font
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def test_a_paragraph_that_is_too_long_shows_how_much_is_left_out(type_: Typography) -> None:
    text = "x" * (LONGEST_SHOWN + 500)
    sheet = Paragraph("key", text, most_lines=3).sheet(type_, 600)
    assert "500 more characters, not shown" in sheet.text()
    assert sheet.height > 3 * type_.leading(Font.BODY)
