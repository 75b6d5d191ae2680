"""A frame around the setting that was looked for."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.theme import RADIUS, theme

_ROOM = 4


class FoundMark(QWidget):
    """Lies above the control, and takes neither mouse nor focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_around(self, control: QWidget, page: QWidget) -> None:
        """Show the frame around a control of this page, wherever it moves, until `hide`."""
        if self._control is not None and isValid(self._control):
            self._control.removeEventFilter(self)
        self._control = control
        control.installEventFilter(self)
        self.setParent(page)
        self._follow()
        self.show()
        self.raise_()

    def _follow(self) -> None:
        control, page = self._control, self.parentWidget()
        if control is not None and page is not None:
            rect = control.rect().translated(control.mapTo(page, control.rect().topLeft()))
            self.setGeometry(rect.adjusted(-_ROOM, -_ROOM, _ROOM, _ROOM))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().focus, 1.5))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()
