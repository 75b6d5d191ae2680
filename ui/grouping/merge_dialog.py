"""“Merge”: what becomes of the selected issues, before it is done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from app.plain_text import breakable, one_line
from ui.grouping.merge_preview import Together
from ui.theme import UNIT, font_title
from ui.widgets.enter_key import press_with_enter
from ui.widgets.plain_label import PlainLabel

_SIZE = (620, 380)
LONGEST_SENTENCE = 1_000
_LOOKING = "Looking what would be merged …"


class MergeDialog(QDialog):
    """Shows a preview; `merge_requested` carries the issues' numbers."""

    merge_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge")
        self.setMinimumSize(440, 280)
        self.resize(*_SIZE)
        self._shown: Together | None = None
        self.title = PlainLabel("Merge these issues?")
        self.changes = QListWidget()
        self.message = PlainLabel(wordWrap=True)
        self.cancel = QPushButton("Cancel")
        self.merge = QPushButton("Merge")
        self._lay_out()
        self.cancel.clicked.connect(self.reject)
        self.merge.clicked.connect(self._merge)

    def _lay_out(self) -> None:
        self.title.setFont(font_title())
        self.changes.setAccessibleName("What would be merged")
        self.changes.setObjectName("choices")
        self.changes.setFrameShape(QListWidget.Shape.NoFrame)
        self.changes.setWordWrap(True)
        self.changes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.changes.setSpacing(UNIT // 2)
        self.message.setObjectName("muted")
        self.merge.setObjectName("primary")
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addStretch(1)
        press_with_enter(self.cancel, self.merge)
        for button in (self.cancel, self.merge):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (3 * UNIT,)))
        column.setSpacing(2 * UNIT)
        column.addWidget(self.title)
        column.addWidget(self.changes, 1)
        column.addWidget(self.message)
        column.addLayout(buttons)

    def open_empty(self) -> None:
        """Come to the front, before the preview is there."""
        self._shown = None
        self.title.setText("Merge these issues?")
        self.changes.clear()
        self.changes.show()
        self.message.setText(_LOOKING)
        self.merge.setEnabled(False)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_together(self, together: Together) -> None:
        """Show what the merge would do; from now on it can be done."""
        self._shown = together
        self.changes.addItems([breakable(one_line(each, LONGEST_SENTENCE)) for each in together.sentences])
        self.message.setText(f"{together.summary} It can be undone.")
        self.merge.setEnabled(True)
        self.merge.setFocus()

    def show_refusal(self, sentence: str) -> None:
        """Show why they cannot be merged."""
        self.title.setText("These issues cannot be merged")
        self.changes.hide()
        self.message.setText(sentence)

    def _merge(self) -> None:
        if self._shown is not None:
            self.merge_requested.emit(self._shown.issues)
            self.accept()
