"""Rows painted: fills, marks, the selection and the ring of the focus, as pixels."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from ui.detail.page.page_theme import PageTheme
from ui.detail.page.painter import SheetPainter
from ui.detail.page.rows import put
from ui.detail.page.selection import Caret
from ui.detail.page.sheet import Fill, Font, Mark, Shape, Sheet, Zone
from ui.theme import Theme

WIDTH, HEIGHT = 60, 20


def painted(paint: Callable[[SheetPainter], None]) -> QImage:
    """A white picture with what `paint` paints on it."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paint(SheetPainter(painter, PageTheme()))
    painter.end()
    return image


def test_fills_and_dots_have_the_colours_of_their_tokens(dressed: Theme) -> None:
    sheet = Sheet(
        height=HEIGHT,
        fills=[Fill(QRectF(0, 0, 30, HEIGHT), "code_background", 0)],
        marks=[Mark(QRectF(40, 5, 10, 10), "level_error", Shape.DOT)],
    )
    image = painted(lambda sheets: sheets.paint(sheet, 0, None, None))
    assert image.pixelColor(15, 10) == dressed.code_background
    assert image.pixelColor(45, 10) == dressed.level_error
    assert image.pixelColor(57, 10) == QColor("#ffffff")


def test_a_hovered_row_has_a_background(dressed: Theme) -> None:
    zone = Zone(QRectF(0, 0, WIDTH, HEIGHT), "row", lambda: None)
    sheet = Sheet(height=HEIGHT, zones=[zone])
    assert painted(lambda sheets: sheets.paint(sheet, 0, None, zone)).pixelColor(30, 10) == dressed.hover
    assert painted(lambda sheets: sheets.paint(sheet, 0, None, None)).pixelColor(30, 10) == QColor("#ffffff")


def test_a_selection_tints_only_the_selected_text(dressed: Theme) -> None:
    type_ = PageTheme().type_
    sheet = Sheet(height=HEIGHT)
    put(sheet, type_, 0, 15, "    ", Font.CODE, "text")
    half = (Caret(0, 0, 0), Caret(0, 0, 2))
    image = painted(lambda sheets: sheets.paint(sheet, 0, half, None))
    column = type_.advance(" ", Font.CODE)
    assert image.pixelColor(round(column), 12) != QColor("#ffffff")
    assert image.pixelColor(round(3 * column), 12) == QColor("#ffffff")


def test_the_focus_is_a_ring(dressed: Theme) -> None:
    zone = Zone(QRectF(0, 0, WIDTH, HEIGHT), "row", lambda: None)
    image = painted(lambda sheets: sheets.focus(zone))
    assert image.pixelColor(30, 10) == QColor("#ffffff")
    assert image.pixelColor(30, 1) != QColor("#ffffff")


def test_right_to_left_text_runs_in_its_own_direction(dressed: Theme) -> None:
    sheet = Sheet(height=HEIGHT)
    put(sheet, PageTheme().type_, 2, 15, "שש...", Font.CODE, "text")
    image = painted(lambda sheets: sheets.paint(sheet, 0, None, None))

    def is_marked(left: int, right: int, top: int, bottom: int) -> bool:
        return any(
            image.pixelColor(x, y).lightness() < 245 for x in range(left, right) for y in range(top, bottom)
        )

    dots_end = 2 + round(3 * PageTheme().type_.column)
    assert is_marked(2, dots_end, 13, 17), "the dots end the text, at its left"
    assert not is_marked(2, dots_end - 1, 4, 11)
    assert is_marked(dots_end, WIDTH, 4, 13)
