"""A box to tick, painted in the theme's colours: Qt's has no outline on a dark ground."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from ui.theme import RADIUS, theme

_BOX, _GAP, _HEIGHT = 16, 8, 22


class Tick(QCheckBox):
    """Shows its text after the box."""

    def sizeHint(self) -> QSize:
        text_width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(2 + _BOX + (_GAP + text_width + 2 if text_width else 2), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, (self.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
        on = self.isChecked()
        edge = colours.accent if on else colours.text_faint
        painter.setPen(QPen(colours.focus if self.hasFocus() else edge, 2 if self.hasFocus() else 1))
        painter.setBrush(colours.accent if on else colours.window)
        painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
        if on:
            pen = QPen(colours.accent_text, 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            corner = box.topLeft()
            painter.drawPolyline([corner + QPointF(x, y) for x, y in ((3.5, 7.5), (6.5, 10.5), (11.5, 4.5))])
        painter.setPen(colours.text)
        painter.setFont(self.font())
        text = self.rect().adjusted(2 + _BOX + _GAP, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, self.text())
