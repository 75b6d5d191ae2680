"""One channel or rule in the dialog: a switch, its name, its summary, and its buttons."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.theme import UNIT, font_strong
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick
from ui.widgets.tooltip import set_tooltip


class NotificationEntry(QWidget):
    """`switched` carries whether it is on now. `button` adds what can be done."""

    switched = Signal(bool)

    def __init__(self, name: str, summary: str, *, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = Tick()
        self.switch.setAccessibleName(f"{name}: on")
        set_tooltip(self.switch, "On or off")
        self.switch.setChecked(on)
        self.switch.toggled.connect(self.switched)
        title = _label(name, "strong")
        title.setFont(font_strong())
        self.summary = _label(summary, "muted")
        self.trouble = _label("", "trouble")
        self.trouble.hide()
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in (title, self.summary, self.trouble):
            column.addWidget(label)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(UNIT // 2)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, UNIT, 0, UNIT)
        layout.setSpacing(UNIT + 4)
        layout.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)
        layout.addLayout(self._buttons)

    def button(self, text: str) -> QPushButton:
        """Add a button after the others."""
        button = QPushButton(text)
        button.setObjectName("flat")
        button.setAutoDefault(False)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def report_problem(self, text: str) -> None:
        """Show what is wrong; hide that line when `text` is empty."""
        self._say(text, "trouble")

    def report_progress(self, text: str) -> None:
        """Show what is under way."""
        self._say(text, "muted")

    def _say(self, text: str, style: str) -> None:
        self.trouble.setObjectName(style)
        self.trouble.style().polish(self.trouble)
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))


def _label(text: str, name: str) -> PlainLabel:
    label = PlainLabel(text, wordWrap=True)
    label.setObjectName(name)
    return label
