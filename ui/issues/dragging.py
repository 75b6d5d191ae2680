"""Dragging issues out of the list: what the pointer carries."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.plain_text import plural
from ui.theme import RADIUS, UNIT, font_body, theme

ISSUES = "application/x-arecibo-issues"


def carry(issue_ids: Sequence[int]) -> QMimeData:
    """These issues, as they are dragged within the window."""
    data = QMimeData()
    data.setData(ISSUES, " ".join(map(str, issue_ids)).encode())
    return data


def carried(data: QMimeData) -> list[int]:
    """The issues that are dragged; none where something else is."""
    words = bytes(data.data(ISSUES).data()).split() if data.hasFormat(ISSUES) else []
    return [int(word) for word in words if word.isdigit()]


def start(source: QWidget, issue_ids: Sequence[int]) -> None:
    """Drag issues until they are dropped or let go of."""
    drag = QDrag(source)
    drag.setMimeData(carry(issue_ids))
    drag.setPixmap(label(plural(len(issue_ids), "issue"), source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-UNIT * 2, -UNIT))
    drag.exec(Qt.DropAction.CopyAction)


def label(text: str, ratio: float) -> QPixmap:
    """A small card with a text, to hang on the pointer."""
    metrics = QFontMetrics(font_body())
    width, height = metrics.horizontalAdvance(text) + 2 * UNIT, metrics.height() + UNIT
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRect(0, 0, width - 1, height - 1)
    painter.setBrush(theme().raised)
    painter.setPen(theme().line)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    painter.setFont(font_body())
    painter.setPen(theme().text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
