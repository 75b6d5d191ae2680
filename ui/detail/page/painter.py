"""Paints laid-out rows: fills, marks, the selection, the text, and the ring around what has the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ui.detail.page.find import Part
from ui.detail.page.page_theme import PageTheme
from ui.detail.page.selection import Caret, selected_part
from ui.detail.page.sheet import Mark, Shape, Sheet, Span, Zone
from ui.widgets import icons

_SELECTION_ALPHA = 60
# Right-to-left text runs in its own direction within its piece: https://www.unicode.org/reports/tr9/
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class SheetPainter:
    """Paints rows of one page with one `QPainter`."""

    def __init__(self, painter: QPainter, theme: PageTheme) -> None:
        self._painter = painter
        self._theme = theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(
        self,
        sheet: Sheet,
        row: int,
        selection: tuple[Caret, Caret] | None,
        hovered: Zone | None,
        matches: tuple[Sequence[Part], Sequence[Part]] = ((), ()),
    ) -> None:
        """Paints the row with its top left at the painter's origin.

        `matches`: the parts of its text that are highlighted, and those of the current match.
        """
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        if hovered is not None and hovered.whole_row:
            painter.setBrush(self._theme.colour("hover"))
            painter.drawRoundedRect(hovered.rect, 4, 4)
        for fill in sheet.fills:
            painter.setBrush(self._theme.colour(fill.colour))
            painter.drawRoundedRect(fill.rect, fill.radius, fill.radius)
        for mark in sheet.marks:
            self._mark(mark)
        for glyph in sheet.glyphs:
            icons.paint(painter, glyph.meaning, glyph.rect.toRect(), self._theme.colour(glyph.colour))
        for picture in sheet.pictures:
            painter.drawImage(picture.rect, picture.image)
        for parts, token in zip(matches, ("match", "match_current"), strict=True):
            for part in parts:
                self._match(sheet.spans[part.span], part, token)
        if selection is not None:
            self._selection(sheet, row, *selection)
        for span in sheet.spans:
            self._span(span, sheet, hovered)

    def _span(self, span: Span, sheet: Sheet, hovered: Zone | None) -> None:
        colour = span.colour
        if hovered is not None and span.zone is not None and sheet.zones[span.zone] is hovered:
            colour = "accent" if colour == "accent" else "text"
        self._painter.setPen(self._theme.colour(colour))
        self._painter.setFont(self._theme.type_.fonts[span.font])
        text = span.text if span.text.isascii() else f"{_FIRST_STRONG_ISOLATE}{span.text}{_POP_ISOLATE}"
        self._painter.drawText(QPointF(span.x, span.baseline), text)

    def _selection(self, sheet: Sheet, row: int, start: Caret, end: Caret) -> None:
        ground = QColor(self._theme.colour("accent"))
        ground.setAlpha(_SELECTION_ALPHA)
        for number, span in enumerate(sheet.spans):
            first, last = selected_part(start, end, row, number, len(span.text))
            if first < last:
                self._behind(span, first, last, ground)

    def _match(self, span: Span, part: Part, token: str) -> None:
        """A match: on a ground in which every text can be read, and underlined; the current one framed."""
        area = self._behind(span, part.first, part.last, self._theme.colour(token))
        if token == "match_current":
            self._painter.setPen(QPen(self._theme.colour("focus"), 1.5))
            self._painter.drawRect(area)
        else:
            self._painter.setBrush(self._theme.colour("level_warning"))
            self._painter.drawRect(QRectF(area.left(), area.bottom() - 1.5, area.width(), 1.5))

    def _behind(self, span: Span, first: int, last: int, ground: QColor) -> QRectF:
        """A rectangle behind some characters of a piece."""
        type_ = self._theme.type_
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ground)
        left = span.x + type_.advance(span.text[:first], span.font)
        width = type_.advance(span.text[first:last], span.font)
        top = span.baseline - type_.ascent(span.font)
        height = type_.ascent(span.font) + type_.descent(span.font)
        area = QRectF(left, top, width, height)
        self._painter.drawRect(area)
        return area

    def _mark(self, mark: Mark) -> None:
        painter, rect = self._painter, mark.rect
        colour = self._theme.colour(mark.colour)
        if mark.shape is Shape.DOT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(rect)
        else:
            self._chevron(rect, colour, opened=mark.shape is Shape.OPENED)
        painter.setPen(Qt.PenStyle.NoPen)

    def _chevron(self, rect: QRectF, colour: QColor, *, opened: bool) -> None:
        middle = rect.center()
        if opened:
            points = [QPointF(-3.5, -1.75), QPointF(0, 1.75), QPointF(3.5, -1.75)]
        else:
            points = [QPointF(-1.75, -3.5), QPointF(1.75, 0), QPointF(-1.75, 3.5)]
        pen = QPen(colour, 1.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.setPen(pen)
        self._painter.drawPolyline(QPolygonF([middle + point for point in points]))

    def focus(self, zone: Zone) -> None:
        """The focus ring."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(self._theme.colour("focus"), 1.5))
        self._painter.drawRoundedRect(zone.rect.adjusted(1, 1, -1, -1), 4, 4)
