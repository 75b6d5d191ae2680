"""Tooltips are plain text, of bounded size."""

import pytest
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.tooltip import LONGEST_LINE, LONGEST_TEXT, as_tooltip, set_tooltip


def test_plain_short_text_stays_as_it_is() -> None:
    assert as_tooltip("Close (Esc)\nor the cross") == "Close (Esc)\nor the cross"


@pytest.mark.parametrize("text", ["<img src=x>", "a & b", "&lt;", "x" * (LONGEST_LINE + 1)])
def test_text_that_qt_would_read_as_html_or_not_wrap_is_escaped(text: str) -> None:
    shown = QTextDocumentFragment.fromHtml(as_tooltip(text)).toPlainText()
    assert shown.replace("\u200b", "") == text
    assert "<img" not in as_tooltip(text)


def test_very_long_text_is_cut() -> None:
    assert len(as_tooltip("word " * 10_000)) < 3 * LONGEST_TEXT


def test_a_widget_shows_its_tooltip(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_tooltip(widget, "<b>bold</b>")
    assert "&lt;b&gt;bold" in widget.toolTip()
