"""A button of the sidebar's foot: an icon and a short text, aligned with the places above."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme import RADIUS, appearance, font_small, theme
from ui.widgets import icons

HEIGHT = 36
_MARK = 16
_MARK_LEFT = 20
_TEXT_LEFT = 44


class FootButton(QAbstractButton):
    """Shows its text after the icon for `meaning`."""

    def __init__(self, text: str, meaning: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = meaning
        self.setText(text)
        self.setAccessibleName(text)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        appearance().themeChanged.connect(self.update)

    def shown_text(self) -> str:
        """The text that is painted."""
        return self.text()

    def right_room(self) -> int:
        """How much is kept free at the right of the text."""
        return 16

    def paint_marks(self, painter: QPainter, left: QRect, right: QRect) -> None:
        """Paint what is before and after the text."""
        icons.paint(painter, self._meaning, left)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(8, 2, -8, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() and self.isEnabled():
            painter.setBrush(colours.hover)
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.focus, 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.setFont(font_small())
        painter.setPen(colours.text_muted)
        room = self.rect().adjusted(_TEXT_LEFT, 0, -self.right_room(), 0)
        painter.drawText(
            room,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft),
            painter.fontMetrics().elidedText(self.shown_text(), Qt.TextElideMode.ElideRight, room.width()),
        )
        top = (self.height() - _MARK) // 2
        left = QRect(_MARK_LEFT, top, _MARK, _MARK)
        self.paint_marks(painter, left, QRect(self.width() - 36, top, _MARK, _MARK))
        painter.end()
