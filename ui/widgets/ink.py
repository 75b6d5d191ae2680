"""Texts that were shaped and measured before: shaping a text costs more than drawing it.

The same rows are painted again and again, with each event that comes and each second that passes. Drawn from
its characters a text of a row takes 12 µs, and 7 as a `QStaticText`, which takes 30 to make: so one is made
of what is drawn for the second time.
"""

from typing import TypeVar

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QStaticText, QTransform

_MOST = 4_000
K = TypeVar("K")
V = TypeVar("V")


class Ink:
    """Measures, cuts and draws texts of one font."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetrics(font)
        self.ascent, self.height = self._metrics.ascent(), self._metrics.height()
        self._widths: dict[str, int] = {}
        self._elided: dict[tuple[str, int], str] = {}
        # None: it was drawn once.
        self._shaped: dict[str, QStaticText | None] = {}

    def width(self, text: str) -> int:
        """How wide the text is."""
        found = self._widths.get(text)
        if found is None:
            found = _bounded(self._widths)[text] = self._metrics.horizontalAdvance(text)
        return found

    def elided(self, text: str, room: int) -> str:
        """The text, cut at its end where there is no room for it."""
        if self.width(text) <= room:
            return text
        found = self._elided.get((text, room))
        if found is None:
            found = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
            _bounded(self._elided)[text, room] = found
        return found

    def draw(self, painter: QPainter, x: float, baseline: float, text: str) -> None:
        """Draw the text in the painter's colour, beginning at `x`."""
        painter.setFont(self.font)
        shaped = self._shaped.get(text, self)
        if isinstance(shaped, QStaticText):
            painter.drawStaticText(QPointF(x, baseline - self.ascent), shaped)
            return
        painter.drawText(QPointF(x, baseline), text)
        _bounded(self._shaped)[text] = None if shaped is self else self._shape(text)

    def _shape(self, text: str) -> QStaticText:
        shaped = QStaticText(text)
        shaped.setTextFormat(Qt.TextFormat.PlainText)
        shaped.prepare(QTransform(), self.font)
        return shaped


def _bounded(cache: dict[K, V]) -> dict[K, V]:
    if len(cache) >= _MOST:
        cache.clear()
    return cache
