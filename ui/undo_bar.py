"""A quiet line that says what was just done, and takes it back with a click."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ui import theme as look
from ui.widgets.plain_label import OneLineLabel
from ui.widgets.tooltip import set_tooltip

SHOWN_MS = 8_000
SAID_MS = 2_500


class UndoBar(QWidget):
    """Floats at the bottom of its parent, and goes away by itself; undo works by key all the same."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = OneLineLabel()
        self.undo = QPushButton("Undo")
        self.undo.setObjectName("flat")
        self.undo.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tooltip(self.undo, "Undo (Z)")
        self.undo.clicked.connect(self.undo_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(look.unit * 2, look.unit, look.unit, look.unit)
        layout.setSpacing(look.unit)
        layout.addWidget(self._text)
        layout.addWidget(self.undo)
        self._away = QTimer(self, singleShot=True)
        self._away.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def offer(self, words: str) -> None:
        """Say what was done; a click undoes it."""
        self._show(words, can_undo=True, milliseconds=SHOWN_MS)

    def say(self, words: str) -> None:
        """Say something that cannot be undone."""
        self._show(words, can_undo=False, milliseconds=SAID_MS)

    def _show(self, words: str, *, can_undo: bool, milliseconds: int) -> None:
        self._text.setText(words)
        self.undo.setVisible(can_undo)
        self.show()
        self._place()
        self._away.start(milliseconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.adjustSize()
        left = (self._over.width() - self.width()) // 2
        self.move(left, self._over.height() - self.height() - 6 * look.unit)
        self.raise_()
