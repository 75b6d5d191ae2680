"""Texts measured, cut and drawn."""

from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui.theme import font_body
from ui.widgets.ink import Ink


def test_a_text_is_cut_only_where_there_is_no_room(qtbot: QtBot) -> None:
    ink = Ink(font_body())
    text = "Couldn't find Cart"
    assert ink.elided(text, ink.width(text)) == text
    cut = ink.elided(text, ink.width(text) - 1)
    assert cut.endswith("…")
    assert ink.width(cut) < ink.width(text)
    assert ink.elided(text, -5) in ("", "…")


def test_it_draws_what_it_measures(qtbot: QtBot) -> None:
    ink = Ink(font_body())
    image = QImage(300, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for _again in range(2):
        ink.draw(painter, 10, 25, "Error <b>")
    painter.end()
    inked = [x for x in range(300) for y in range(40) if image.pixelColor(x, y) != QColor("white")]
    assert 10 <= min(inked) <= 14
    assert abs(max(inked) - 10 - ink.width("Error <b>")) < 4
