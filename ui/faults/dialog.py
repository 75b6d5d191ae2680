"""Which fault a project's clients are to meet, for how long, and how many of their requests."""

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QSpinBox, QVBoxLayout, QWidget

from app.fault_words import ANSWERS
from ui.issues.question_dialog import dialog_buttons
from ui.theme import UNIT
from ui.widgets.fields import FIELD_HEIGHT, line_field, pad
from ui.widgets.plain_label import PlainLabel

_WIDTH = 520
_MINUTES, _MOST_MINUTES = 5, 24 * 60
_SECONDS, _MOST_SECONDS = 10, 600
_TIMED = ("slow", "none")
_MEANING = (
    "To try what an app's client does when its server fails. What is refused so is counted, and the first of "
    "it is kept among the refused requests of the queue, where it can be taken after all. It ends by itself."
)


class FaultWish(Struct, frozen=True, kw_only=True):
    """What is asked for: `answer` as in `app.fault_words`, `share` from 0 to 1."""

    project: str
    answer: str
    minutes: int
    share: float
    seconds: float


class FaultDialog(QDialog):
    """`wished(FaultWish)`: it was confirmed."""

    wished = Signal(object)

    def __init__(self, project: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Answer with a fault")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.project = line_field("Project", project)
        self.answer = QComboBox()
        self.answer.setFixedHeight(FIELD_HEIGHT)
        self.answer.setAccessibleName("What a request meets")
        for answer, words in ANSWERS.items():
            self.answer.addItem(words.capitalize(), answer)
        self.seconds = _number("Seconds", 1, _MOST_SECONDS, _SECONDS, " s")
        self.share = _number("Share of the requests", 1, 100, 100, " % of the requests")
        self.minutes = _number("For how long", 1, _MOST_MINUTES, _MINUTES, " min")
        self.done_button, buttons = dialog_buttons(self, "Begin", self._confirm)
        meaning = PlainLabel(_MEANING, wordWrap=True)
        meaning.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(2 * UNIT)
        layout.addLayout(self._form())
        layout.addWidget(meaning)
        layout.addLayout(buttons)
        self.project.textChanged.connect(self._judge)
        self.answer.currentIndexChanged.connect(self._judge)
        self._judge()
        (self.answer if project else self.project).setFocus()

    @property
    def wish(self) -> FaultWish:
        """What is chosen."""
        return FaultWish(
            project=self.project.text().strip(),
            answer=str(self.answer.currentData()),
            minutes=self.minutes.value(),
            share=self.share.value() / 100,
            seconds=float(self.seconds.value()),
        )

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(3 * UNIT)
        form.setVerticalSpacing(UNIT + 4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for caption, field in (
            ("Project", self.project),
            ("Requests are", self.answer),
            ("After", self.seconds),
            ("Of them", self.share),
            ("For", self.minutes),
        ):
            label = PlainLabel(caption)
            label.setObjectName("caption")
            form.addRow(label, field)
        return form

    def _judge(self) -> None:
        self.seconds.setEnabled(self.wish.answer in _TIMED)
        self.done_button.setEnabled(bool(self.wish.project))

    def _confirm(self) -> None:
        if self.done_button.isEnabled():
            self.wished.emit(self.wish)
            self.accept()


def _number(name: str, least: int, most: int, value: int, suffix: str) -> QSpinBox:
    box = QSpinBox(minimum=least, maximum=most, suffix=suffix)
    box.setAccessibleName(name)
    pad(box)
    box.setValue(value)
    return box
