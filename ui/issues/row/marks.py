"""The mark of a level: levels differ by shape, not by colour alone."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.model import Level


def paint_mark(painter: QPainter, centre: QPointF, level: Level, colour: QColor) -> None:
    """Paint the mark around `centre`, eight pixels wide."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if level is Level.FATAL:
        diamond = (QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0))
        painter.drawPolygon(QPolygonF([centre + point for point in diamond]))
    elif level is Level.WARNING:
        triangle = (QPointF(0, -4.5), QPointF(4.5, 3.5), QPointF(-4.5, 3.5))
        painter.drawPolygon(QPolygonF([centre + point for point in triangle]))
    elif level is Level.ERROR:
        painter.drawEllipse(centre, 4, 4)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        painter.drawEllipse(centre, 3.25, 3.25)
