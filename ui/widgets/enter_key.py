"""Enter presses the button that has the focus, as in the rest of the window.

Qt does that for buttons that are default by themselves only. Those would be pressed from a field beside them,
too, and beside a default button, Enter on "Cancel" would press that one.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton


class _EnterPresses(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and not event.isAutoRepeat():
                assert isinstance(watched, QPushButton)
                watched.click()
                return True
        return super().eventFilter(watched, event)


def press_with_enter(*buttons: QPushButton) -> None:
    """Have Enter press each of these when it has the focus, and no other."""
    for button in buttons:
        button.setAutoDefault(False)
        button.installEventFilter(_EnterPresses(button))
