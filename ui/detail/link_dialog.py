"""The question before an address that came with an event is opened in the browser."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.detail.links import Address
from ui.issues.question_dialog import dialog_buttons
from ui.theme import UNIT, font_code, font_strong
from ui.widgets.plain_label import PlainLabel

_WIDTH = 480
_ADDRESS_LINES = 4


class LinkDialog(QDialog):
    """`agreed(address)`: it is to be opened, as it is shown."""

    agreed = Signal(str)

    def __init__(self, address: Address, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open in the browser?")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        question = PlainLabel("This address came with the event. Open it in the browser?")
        question.setWordWrap(True)
        self.host = PlainLabel(address.host)
        self.host.setFont(font_strong())
        self.host.setWordWrap(True)
        self.whole = QPlainTextEdit(address.whole)
        self.whole.setReadOnly(True)
        self.whole.setFont(font_code())
        self.whole.setAccessibleName("Whole address")
        self.whole.setObjectName("code")
        self.whole.setFixedHeight(_ADDRESS_LINES * self.whole.fontMetrics().lineSpacing() + 2 * UNIT)
        self.whole.setTabChangesFocus(True)
        self.open_button, buttons = dialog_buttons(self, "Open", lambda: self._agree(address.whole))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addWidget(question)
        layout.addWidget(self.host)
        layout.addWidget(self.whole)
        for caution in address.cautions:
            label = PlainLabel(caution)
            label.setObjectName("muted")
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(UNIT)
        layout.addLayout(buttons)
        self.open_button.setFocus()

    def _agree(self, address: str) -> None:
        self.agreed.emit(address)
        self.accept()
