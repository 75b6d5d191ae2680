"""Sentences of the catalogue as labels show them."""

from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from ui.connect.prose import as_html


def test_code_stands_in_its_own_font_and_nothing_is_markup(qtbot: QtBot) -> None:
    sentence = "Call `Sentry.init(<options> && 1)` before <b>anything</b> else."
    html = as_html(sentence)
    page = QTextDocument()
    page.setHtml(html)
    assert page.toPlainText() == sentence.replace("`", "")
    assert html.count("<span") == 1
    assert "<b>" not in html
