"""A question with one short answer: a number, or a name."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import UNIT
from ui.widgets.enter_key import press_with_enter
from ui.widgets.plain_label import PlainLabel

_WIDTH = 360
_FIELD_HEIGHT = 36


class QuestionDialog(QDialog):
    """`answered(text)` when it is answered: never with nothing, and with a number where one was asked for."""

    answered = Signal(str)

    def __init__(self, title: str, question: str, button: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        label = PlainLabel(question)
        label.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setObjectName("field")
        self.field.setFixedHeight(_FIELD_HEIGHT)
        self.field.setAccessibleName(question)
        self.field.textChanged.connect(self._judge)
        self.done_button, buttons = dialog_buttons(self, button, self._answer)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addWidget(label)
        layout.addWidget(self.field)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self._judge()

    def suggest(self, number: int, most: int) -> None:
        """Ask for a number from 1 to `most`."""
        self.field.setValidator(QIntValidator(1, most, self))
        self.field.setText(str(number))
        self.field.selectAll()

    def _judge(self) -> None:
        self.done_button.setEnabled(bool(self.field.text().strip()) and self.field.hasAcceptableInput())

    def _answer(self) -> None:
        if self.done_button.isEnabled():
            self.answered.emit(self.field.text().strip())
            self.accept()


def dialog_buttons(dialog: QDialog, text: str, act: Callable[[], None]) -> tuple[QPushButton, QHBoxLayout]:
    """What does it, by Enter too, and what leaves the dialog; in a row, at the right."""
    done, cancel = QPushButton(text), QPushButton("Cancel")
    done.setObjectName("primary")
    done.setDefault(True)
    done.clicked.connect(act)
    cancel.setObjectName("secondary")
    press_with_enter(cancel)
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    row.setSpacing(UNIT)
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(done)
    return done, row
