"""A notice in one line, for a person who has the window in front of them: it covers nothing that is read."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui.theme import UNIT
from ui.widgets.plain_label import OneLineLabel

SHOWN_MS = 7_000
_HEIGHT, _FOOT, _WIDEST = 36, 40, 560
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class NoticePill(QWidget):
    """Floats at the foot of its parent. `opened`: its issue is to be shown."""

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.title = OneLineLabel()
        self.show_it, self.close_it = QPushButton("Show"), QPushButton("Close")
        self.show_it.clicked.connect(self._open)
        self.close_it.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(UNIT * 2, 0, UNIT // 2, 0)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(self.title, 1)
        for button in (self.show_it, self.close_it):
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        self._away = QTimer(self, singleShot=True)
        self._away.setInterval(SHOWN_MS)
        self._away.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def show_notice(self, title: str, *, can_open: bool) -> None:
        """Show a notice in the place of the last."""
        self.title.setText(title)
        self.show_it.setVisible(can_open)
        for other in self._others():
            other.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        self._away.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        self.hide()
        self.opened.emit()

    def _place(self) -> None:
        width = min(_WIDEST, self.sizeHint().width(), self._over.width() - 4 * UNIT)
        self.resize(width, _HEIGHT)
        foot = self._over.height() - _FOOT
        # An undo is not covered: what floats there already stays below.
        above = [other.y() - UNIT for other in self._others() if other.isVisible()]
        self.move((self._over.width() - width) // 2, min(foot, *above) - _HEIGHT if above else foot - _HEIGHT)

    def _others(self) -> list[QWidget]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found = self._over.findChildren(QWidget, self.objectName(), direct)
        return [other for other in found if other is not self]
