"""What every row does: it is laid out once, for one width and one set of fonts."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.sheet import Font
from ui.detail.page.text_line import TextLine
from ui.detail.page.typography import Typography


@pytest.fixture
def type_(qapp: QApplication) -> Typography:
    return PageTheme().type_


def test_a_row_is_laid_out_again_only_for_another_width(type_: Typography) -> None:
    row = TextLine("key", [("text", Font.BODY, "text")])
    first = row.sheet(type_, 300)
    assert row.sheet(type_, 300) is first
    assert row.sheet(type_, 301) is not first


def test_a_row_is_laid_out_again_for_other_fonts(type_: Typography) -> None:
    row = TextLine("key", [("text", Font.BODY, "text")])
    first = row.sheet(type_, 300)
    assert row.sheet(Typography(type_.fonts), 300) is not first
