"""A box to tick, and a circle to choose by, in the theme's colours: Qt's have no outline on a dark ground."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

from ui.theme import RADIUS, theme

_BOX, _GAP, _HEIGHT = 16, 8, 22


class Tick(QCheckBox):
    """Shows its text after the box."""

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = _box(self, painter)
        painter.drawRoundedRect(box, RADIUS - 2, RADIUS - 2)
        if self.isChecked():
            pen = QPen(theme().accent_text, 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            corner = box.topLeft()
            painter.drawPolyline([corner + QPointF(x, y) for x, y in ((3.5, 7.5), (6.5, 10.5), (11.5, 4.5))])
        _text(self, painter)


class Choice(QRadioButton):
    """One of several that exclude each other; shows its text after the circle."""

    def sizeHint(self) -> QSize:
        return _size(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        circle = _box(self, painter)
        painter.drawEllipse(circle)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().accent_text)
            painter.drawEllipse(circle.center(), 3, 3)
        _text(self, painter)


def _size(button: QAbstractButton) -> QSize:
    metrics = QFontMetrics(button.font())
    width = metrics.size(_flags(button), button.text()).width()
    return QSize(2 + _BOX + (_GAP + width + 2 if width else 2), _HEIGHT)


def _box(button: QAbstractButton, painter: QPainter) -> QRectF:
    """The place of the mark, with the painter ready to draw its outline."""
    colours = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = colours.accent if button.isChecked() else colours.text_faint
    painter.setPen(QPen(colours.focus if button.hasFocus() else edge, 2 if button.hasFocus() else 1))
    painter.setBrush(colours.accent if button.isChecked() else colours.window)
    return QRectF(2.5, (button.height() - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)


def _text(button: QAbstractButton, painter: QPainter) -> None:
    painter.setPen(theme().text)
    painter.setFont(button.font())
    place = button.rect().adjusted(2 + _BOX + _GAP, 0, 0, 0)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | _flags(button), button.text())


def _flags(button: QAbstractButton) -> Qt.TextFlag:
    """How the text is read: a box may be named from outside, so its `&` is one; a circle's names its key."""
    if isinstance(button, Choice):
        return Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextShowMnemonic
    return Qt.TextFlag.TextSingleLine
