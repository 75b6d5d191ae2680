"""“Correct the grouping”: a correction, and a preview of what it changes before it is applied.

The preview is made off the UI thread, reports its progress, and can be cancelled; so can the moving of
events that follows.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import regrouping
from app.plain_text import elided, one_line
from ui.grouping.choices import CORRECTIONS, MERGE, SPLIT, Correction, Offer, suggestions
from ui.grouping.merge_preview import Together
from ui.motion import show_busy
from ui.theme import UNIT, font_title
from ui.widgets.enter_key import press_with_enter
from ui.widgets.fields import FIELD_HEIGHT
from ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:  # the digest and the store are imported off the UI thread only
    from app.detail import EventDetail
    from app.regrouping.plans import Plan
    from app.store.grouping.corrections import Regrouping

_SIZE = (680, 520)
LONGEST_TITLE = 300
LONGEST_SENTENCE = 1_000
_LOOKING = "Looking what the events of this issue differ in …"
_NOTHING = {
    SPLIT: "The stored events of this issue differ in nothing that it could be split by.",
    MERGE: "This project has no other issue.",
}


class CorrectionDialog(QDialog):
    """Asks and shows; `ui.grouping.controller` does the work.

    `preview_requested(correction, text, other)`, `keep_requested`, and `cancel_requested` for work under way.
    """

    preview_requested = Signal(object, str, str)
    keep_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Correct the grouping")
        self.resize(*_SIZE)
        self._detail: EventDetail | None = None
        self._offered: Offer | None = None
        self.title = PlainLabel(wordWrap=True)
        self.what = QComboBox()
        self.text = QComboBox()
        self.other = QLineEdit(placeholderText="and this one, which is the same")
        self.message = PlainLabel(wordWrap=True)
        self.changes = QListWidget()
        self.progress = QProgressBar(textVisible=False)
        self.preview = QPushButton("Preview")
        self.keep = QPushButton("Keep")
        self.cancel = QPushButton("Cancel")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.title.setFont(font_title())
        for box, name in ((self.what, "What to do"), (self.text, "With what"), (self.other, "The same as")):
            box.setAccessibleName(name)
            box.setFixedHeight(FIELD_HEIGHT)
        self.other.setObjectName("field")
        self.text.setMinimumContentsLength(24)
        self.text.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.message.setObjectName("muted")
        self.changes.setAccessibleName("What would change")
        self.changes.setWordWrap(True)
        self.changes.setSpacing(UNIT // 2)
        self.progress.setFixedHeight(UNIT)
        self.changes.setObjectName("choices")
        self.keep.setObjectName("primary")
        for button in (self.preview, self.cancel):
            button.setObjectName("secondary")
        for correction in CORRECTIONS:
            self.what.addItem(correction.title, correction)
        asking = QHBoxLayout()
        asking.setSpacing(UNIT)
        asking.addWidget(self.what)
        asking.addWidget(self.text, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(UNIT)
        buttons.addWidget(self.preview)
        buttons.addStretch(1)
        for button in (self.cancel, self.keep):
            buttons.addWidget(button)
        press_with_enter(self.preview, self.cancel, self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(4 * (3 * UNIT,)))
        column.setSpacing(2 * UNIT)
        column.addWidget(self.title)
        column.addLayout(asking)
        column.addWidget(self.other)
        column.addWidget(self.changes, 1)
        column.addWidget(self.message)
        column.addWidget(self.progress)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.what.currentIndexChanged.connect(self._choose)
        self.text.currentTextChanged.connect(self._reset_preview)
        self.other.textEdited.connect(self._reset_preview)
        self.preview.clicked.connect(self._request_preview)
        self.keep.clicked.connect(self.keep_requested)
        self.cancel.clicked.connect(self.cancel_requested)

    def open_for(self, detail: "EventDetail") -> None:
        """Come to the front, about this event and its issue."""
        self._detail = detail
        self._offered = None
        self.title.setText(elided(detail.issue.title, LONGEST_TITLE))
        self.what.setCurrentIndex(0)
        self._choose()
        self.show_message(_LOOKING)
        self.show()
        self.raise_()
        self.activateWindow()
        self.what.setFocus()

    def offer(self, offered: Offer) -> None:
        """Offer what the issue can be split by, and the issues that it can be merged with."""
        self._offered = offered
        if self.correction.key in (SPLIT, MERGE):
            self._choose()

    @property
    def correction(self) -> Correction:
        """What is chosen."""
        chosen: Correction = self.what.currentData()
        return chosen

    def _choose(self) -> None:
        if self._detail is None:
            return
        correction = self.correction
        self.text.clear()
        self.text.setEditable(correction.is_free)
        for shown, meant in suggestions(correction, self._detail.event, self._offered or Offer()):
            self.text.addItem(one_line(shown), meant)
        self.other.setVisible(correction.takes_other)
        self.other.clear()
        self._reset_preview()
        if not self.text.count() and correction.key in _NOTHING:
            self.show_message(_NOTHING[correction.key] if self._offered is not None else _LOOKING)

    def _meant(self) -> str:
        shown = self.text.currentText()
        number = self.text.findText(shown, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive)
        return str(self.text.itemData(number)) if number >= 0 else shown.strip()

    def _reset_preview(self) -> None:
        """Drop the preview, as the correction has changed."""
        self.changes.clear()
        self.keep.setEnabled(False)
        self.progress.hide()
        self.preview.setEnabled(bool(self._meant()))
        self.show_message("Nothing changes before you have seen what would.")

    def _request_preview(self) -> None:
        self._reset_preview()
        self.work("Reading the stored events …")
        self.preview_requested.emit(self.correction, self._meant(), self.other.text().strip())

    def work(self, text: str) -> None:
        """Show that work has begun."""
        self.preview.setEnabled(False)
        self.keep.setEnabled(False)
        show_busy(self.progress)
        self.progress.show()
        self.show_message(text)

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done."""
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def show_plan(self, plan: "Plan") -> None:
        """Show what would change; from now on it can be applied."""
        self._show_preview(regrouping.preview_text.sentences(plan), regrouping.preview_text.summary(plan))

    def show_together(self, together: Together) -> None:
        """Show what the merge would change; from now on it can be applied."""
        self._show_preview(list(together.sentences), together.summary)

    def _show_preview(self, sentences: list[str], message: str) -> None:
        self.progress.hide()
        self.preview.setEnabled(True)
        self.keep.setEnabled(True)
        self.changes.clear()
        self.changes.addItems([one_line(sentence, LONGEST_SENTENCE) for sentence in sentences])
        self.show_message(message)
        self.keep.setFocus()

    def show_state(self, moving: "Regrouping") -> None:
        """Show the progress of the applied correction; the dialog closes when it is done."""
        self.show_progress(moving.done, moving.total)
        if moving.state in ("done", "undone"):
            QTimer.singleShot(0, self, self.accept)

    def show_message(self, text: str) -> None:
        """Show this sentence below the form."""
        self.message.setText(text)

    def stop(self, text: str) -> None:
        """Show that the work has ended, with this sentence."""
        self.progress.hide()
        self.preview.setEnabled(True)
        self.show_message(text)
