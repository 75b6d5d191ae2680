"""Shown instead of the callers while there were none: what to try first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import UNIT, font_strong, theme
from ui.widgets import icons
from ui.widgets.plain_label import PlainLabel

_WIDTH = 84 * UNIT
_STEPS = (
    "Send a test error from here. It takes the way of every other error: when it arrives, Arecibo is well.",
    "Point your app at this address. The lines for each client are ready to be copied.",
    "Start your app again, and let it fail. Whoever calls is listed here, even when turned away.",
)


class FirstSteps(QWidget):
    """`test_requested` and `connect_requested`: the buttons of the first and second step were clicked."""

    test_requested = Signal()
    connect_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(_WIDTH)
        self.send = _button("Send a test error", "primary")
        self.send.clicked.connect(self._send)
        connect = _button("Connect an app", "secondary")
        connect.clicked.connect(self.connect_requested)
        self.message = PlainLabel(wordWrap=True)
        self.message.setObjectName("muted")
        title = PlainLabel("Nobody has called yet")
        title.setFont(font_strong())
        steps = QGridLayout()
        steps.setHorizontalSpacing(UNIT)
        steps.setVerticalSpacing(UNIT)
        steps.setColumnStretch(1, 1)
        for number, text in enumerate(_STEPS):
            before = PlainLabel(f"{number + 1}.")
            before.setObjectName("muted")
            steps.addWidget(before, number, 0, Qt.AlignmentFlag.AlignTop)
            step = PlainLabel(text, wordWrap=True)
            steps.addWidget(step, number, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.send)
        buttons.addWidget(connect)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2 + 4, 0, UNIT * 2 + 4, 0)
        column.setSpacing(UNIT + 4)
        column.addWidget(title)
        column.addLayout(steps)
        column.addLayout(buttons)
        column.addWidget(self.message)

    def show_icons(self) -> None:
        """Set the icons, in the theme's colours."""
        self.send.setIcon(icons.icon("send", theme().accent_text))
        self.send.setIconSize(icons.BEFORE_TEXT)

    def answer(self, text: str) -> None:
        """Show the result of the test error."""
        self.message.setText(text)
        self.send.setEnabled(True)

    def _send(self) -> None:
        self.send.setEnabled(False)
        self.message.setText("Sending …")
        self.test_requested.emit()


def _button(text: str, kind: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(kind)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button
