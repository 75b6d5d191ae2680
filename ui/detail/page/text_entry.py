"""A field at the top right of the page, for what a section searches or filters by."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import UNIT

LONGEST = 200
_WIDTH = 260
_HEIGHT = 34
_PAUSE_MS = 150


class TextEntry(QLineEdit):
    """Reports what is typed after a short pause. Enter leaves it, Escape empties it and leaves it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._changed: Callable[[str], None] | None = None
        self._sent = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.send)
        self.setMaxLength(LONGEST)
        self.setObjectName("search")
        self.setTextMargins(UNIT, 0, UNIT, 0)
        self.setFixedHeight(_HEIGHT)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.hide()

    def ask(self, label: str, text: str, changed: Callable[[str], None]) -> None:
        """Shows the field with `text` in it, and reports every other text to `changed` from now on."""
        self._changed = None
        self.setText(text)
        self._sent = text
        self._changed = changed
        self.setPlaceholderText(label)
        self.setAccessibleName(label)
        self.fit()
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fit(self) -> None:
        """Follows the page's width."""
        width = min(_WIDTH, self._page.width() - 4 * UNIT)
        self.setGeometry(self._page.width() - width - 3 * UNIT, UNIT, width, _HEIGHT)

    def send(self) -> None:
        """Reports the text now, if it is another than before."""
        self._pause.stop()
        text = self.text().strip()
        if self._changed is not None and text != self._sent:
            self._sent = text
            self._changed(text)

    def forget(self) -> None:
        """Hides the field without reporting anything: what asked for it is gone."""
        self._pause.stop()
        self._changed = None
        self._leave()

    def _leave(self) -> None:
        had_focus = self.hasFocus()
        self.hide()
        if had_focus:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # Escape is a shortcut of the window's, too: here it is the field's own.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.send()
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
            self._leave()
        else:
            super().keyPressEvent(event)
