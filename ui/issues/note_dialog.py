"""Writing a note: a few lines about an issue, stored in its timeline."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from app.model import LONGEST_NOTE
from ui.commands.keymap import key_text
from ui.issues.question_dialog import dialog_buttons
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tooltip import set_tooltip

SAVE_KEY = "Ctrl+Return"
_SIZE = (460, 240)


class NoteDialog(QDialog):
    """`written(text)` when it is saved; there is always some text then, and never too much."""

    written = Signal(str)

    def __init__(self, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Note")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        title = PlainLabel(about, wordWrap=True)
        title.setObjectName("muted")
        self.text = QPlainTextEdit()
        self.text.setObjectName("code")
        self.text.setAccessibleName("Note")
        self.text.setPlaceholderText("What is known about this, or what to do")
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._judge)
        self.save, buttons = dialog_buttons(self, "Add note", self._accept)
        set_tooltip(self.save, f"Add the note ({key_text(SAVE_KEY)})")
        for key in (SAVE_KEY, "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self._accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(UNIT)
        layout.addWidget(title)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        self._judge()

    def _judge(self) -> None:
        self.save.setEnabled(0 < len(self.text.toPlainText().strip()) <= LONGEST_NOTE)

    def _accept(self) -> None:
        if self.save.isEnabled():
            self.written.emit(self.text.toPlainText().strip())
            self.accept()
