"""The form of a rule: which events are sent where and when; and below it the same as a sentence."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.happenings import Kind
from app.model import Level
from app.notifications.rules import ROUND_NUMBERS, QuietHours, Rule
from ui.issues.question_dialog import dialog_buttons
from ui.notifications.rule_text import KINDS, sentence
from ui.theme import UNIT
from ui.widgets.fields import FIELD_HEIGHT, pad
from ui.widgets.plain_label import PlainLabel
from ui.widgets.tick import Tick

_WIDTH = 560
_FIELD = FIELD_HEIGHT
_USUAL_LINES = 3
_NIGHT = QuietHours(22 * 60, 8 * 60)


class RuleForm(QDialog):
    """`saved` carries the name and the `Rule`. `channels` are the names of those there are."""

    saved = Signal(str, object)

    def __init__(
        self, name: str, rule: Rule, channels: Mapping[int, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Rule" if name else "New rule")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._channels = channels
        self.name = self._field("Name", name)
        self.kinds = {kind: _check(text.capitalize(), kind in rule.kinds) for kind, text in KINDS.items()}
        self.counts = {count: _check(f"{count:,}", count in rule.counts) for count in ROUND_NUMBERS}
        self.level = QComboBox()
        self.level.addItems([level.value for level in Level])
        self.level.setCurrentText(rule.level)
        self.projects = self._field("Projects", ", ".join(rule.projects), "every project")
        self.environments = self._field("Environments", ", ".join(rule.environments), "every environment")
        self.desktop = _check("Desktop", rule.desktop)
        self.channels = {number: _check(name, number in rule.channels) for number, name in channels.items()}
        quiet = rule.quiet or _NIGHT
        self.quiet = _check("from", rule.quiet is not None)
        self.begins, self.ends = _time(quiet.begins, "Quiet from"), _time(quiet.ends, "Quiet until")
        self.most = _number("Notices at most", 1, 1_000, rule.most_per_hour, " an hour")
        self.cooldown = _number(
            "Minutes to cool down", 0, 24 * 60, rule.cooldown_minutes, " min for an issue"
        )
        self.summary = PlainLabel(wordWrap=True)
        self.summary.setObjectName("muted")
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.save, buttons = dialog_buttons(self, "Save", self._accept)
        self._lay_out(buttons)
        self._listen(self._judge)
        self._judge()

    def rule(self) -> Rule:
        """The rule as filled in."""
        return Rule(
            kinds=tuple(Kind(kind) for kind, box in self.kinds.items() if box.isChecked()),
            counts=tuple(count for count, box in self.counts.items() if box.isChecked()),
            projects=_listed(self.projects.text()),
            level=Level(self.level.currentText()),
            environments=_listed(self.environments.text()),
            desktop=self.desktop.isChecked(),
            channels=tuple(number for number, box in self.channels.items() if box.isChecked()),
            quiet=QuietHours(_minutes(self.begins), _minutes(self.ends)) if self.quiet.isChecked() else None,
            cooldown_minutes=self.cooldown.value(),
            most_per_hour=self.most.value(),
        )

    def _lay_out(self, buttons: QLayout) -> None:
        kinds = QVBoxLayout()
        kinds.setSpacing(UNIT // 2)
        for box in self.kinds.values():
            kinds.addWidget(box)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * UNIT)
        form.setVerticalSpacing(UNIT + 4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        entries: list[tuple[str, QWidget | QLayout]] = [
            ("Name", self.name),
            ("Tell of", kinds),
            ("At event number", _row(*self.counts.values())),
            ("Level", _row(self.level, PlainLabel("and worse"))),
            ("Projects", self.projects),
            ("Environments", self.environments),
            ("Tell", _row(self.desktop, *self.channels.values())),
            ("Quiet", _row(self.quiet, self.begins, PlainLabel("until"), self.ends)),
            ("At most", _row(self.most)),
            ("Cool down", _row(self.cooldown)),
        ]
        for caption, field in entries:
            label = PlainLabel(caption)
            label.setObjectName("caption")
            form.addRow(label, field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(4 * (3 * UNIT,)))
        layout.setSpacing(2 * UNIT)
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def _field(self, name: str, text: str, placeholder: str = "") -> QLineEdit:
        field = QLineEdit(text, maxLength=400)
        field.setObjectName("field")
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        field.setFixedHeight(_FIELD)
        return field

    def _listen(self, changed: Callable[[], None]) -> None:
        for box in (
            *self.kinds.values(),
            *self.counts.values(),
            *self.channels.values(),
            self.desktop,
            self.quiet,
        ):
            box.toggled.connect(changed)
        for field in (self.name, self.projects, self.environments):
            field.textChanged.connect(changed)
        for number in (self.most, self.cooldown):
            number.valueChanged.connect(changed)
        for time in (self.begins, self.ends):
            time.timeChanged.connect(changed)
        self.level.currentTextChanged.connect(changed)

    def _judge(self) -> None:
        rule = self.rule()
        for time in (self.begins, self.ends):
            time.setEnabled(self.quiet.isChecked())
        self.summary.setText(sentence(rule, self._channels))
        lines = _USUAL_LINES * self.summary.fontMetrics().lineSpacing()
        width = max(_WIDTH, self.width()) - 6 * UNIT
        self.summary.setMinimumHeight(max(lines, self.summary.heightForWidth(width)))
        self.save.setEnabled(bool(self.name.text().strip()) and bool(rule.kinds or rule.counts))

    def _accept(self) -> None:
        if self.save.isEnabled():
            self.saved.emit(self.name.text().strip(), self.rule())
            self.accept()


def _check(text: str, checked: bool) -> Tick:
    box = Tick(text)
    box.setChecked(checked)
    return box


def _number(name: str, least: int, most: int, value: int, suffix: str) -> QSpinBox:
    box = QSpinBox(minimum=least, maximum=most, suffix=suffix)
    pad(box)
    box.setValue(value)
    box.setAccessibleName(name)
    return box


def _time(minute: int, name: str) -> QTimeEdit:
    edit = QTimeEdit(QTime(minute // 60, minute % 60))
    edit.setDisplayFormat("H:mm")
    pad(edit)
    edit.setAccessibleName(name)
    return edit


def _minutes(edit: QTimeEdit) -> int:
    return edit.time().hour() * 60 + edit.time().minute()


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(2 * UNIT)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _listed(text: str) -> tuple[str, ...]:
    names: Sequence[str] = [word.strip() for word in text.split(",")]
    return tuple(dict.fromkeys(name for name in names if name))
