"""Texts that were shaped and measured before: shaping a text costs more than drawing it.

The same rows are painted again and again, with each event that comes and each second that passes. Drawn from
its characters a text of a row takes 16 µs, and 7 as a `QStaticText`.
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
        self._shaped: dict[str, QStaticText] = {}

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
        shaped = self._shaped.get(text)
        if shaped is None:
            shaped = QStaticText(text)
            shaped.setTextFormat(Qt.TextFormat.PlainText)
            shaped.prepare(QTransform(), self.font)
            _bounded(self._shaped)[text] = shaped
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(x, baseline - self.ascent), shaped)


def _bounded(cache: dict[K, V]) -> dict[K, V]:
    if len(cache) >= _MOST:
        cache.clear()
    return cache
