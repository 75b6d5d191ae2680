"""Paints the small line of a row: an issue's events by the hour, the newest at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme import Theme

_LEAST = 2.0


def paint(painter: QPainter, rect: QRectF, counts: Sequence[int], colours: Theme) -> None:
    """Paint bars into `rect`, the highest as high as it; hours without events are a faint ground line."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line)
    bars(painter, rect, counts, colours.chart)
    painter.restore()


def bars(painter: QPainter, rect: QRectF, counts: Sequence[int], colour: QColor) -> None:
    """Paint the bars alone, each hour that has events at least two pixels high."""
    most = max(counts, default=0)
    if not most:
        return
    step = rect.width() / len(counts)
    gap = 1.0 if step >= 3 else 0.0
    painter.setBrush(colour)
    shown = [
        QRectF(rect.left() + place * step, rect.bottom() - height, step - gap, height)
        for place, count in enumerate(counts)
        if count and (height := max(_LEAST, rect.height() * count / most))
    ]
    painter.drawRects(shown)
