"""The mark of a level."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.model import Level
from ui.issues.row.marks import paint_mark


def test_levels_differ_by_shape(qtbot: QtBot) -> None:
    def shape(level: Level) -> bytes:
        image = QImage(16, 16, QImage.Format.Format_Alpha8)
        image.fill(0)
        painter = QPainter(image)
        paint_mark(painter, QPointF(8, 8), level, QColor(Qt.GlobalColor.black))
        painter.end()
        return bytes(image.constBits())

    assert len({shape(level) for level in (Level.FATAL, Level.ERROR, Level.WARNING, Level.INFO)}) == 4
