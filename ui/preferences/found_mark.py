"""A frame around the setting that was looked for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import RADIUS, theme

_ROOM = 4


class FoundMark(QWidget):
    """Lies above the control, and takes neither mouse nor focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_around(self, control: QWidget, page: QWidget) -> None:
        """Show the frame around a control of this page, until `hide`."""
        self.setParent(page)
        rect = control.rect().translated(control.mapTo(page, control.rect().topLeft()))
        self.setGeometry(rect.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().focus, 1.5))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()
