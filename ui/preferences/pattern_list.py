"""A person's own scrub patterns: a list, and a line to add one."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import scrub
from app.plain_text import one_line
from app.preferences import ScrubPattern
from ui.theme import UNIT
from ui.widgets.plain_label import PlainLabel

_EXPRESSION, _FIELD = "Expression", "Field name"
_HINTS = {_EXPRESSION: r"such as K-\d{8}", _FIELD: "such as customer_no"}
_LIST_HEIGHT = 116


class PatternList(QWidget):
    """`changed(patterns)`: a pattern was added or removed. One that cannot be used is not added."""

    changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._patterns: tuple[ScrubPattern, ...] = ()
        self.patterns = QListWidget()
        self.kind = QComboBox()
        self.text = QLineEdit()
        self.add = QPushButton("Add")
        self.remove = QPushButton("Remove")
        self.problem = PlainLabel(wordWrap=True)
        self._lay_out()
        self.kind.currentTextChanged.connect(self._hint)
        self.text.returnPressed.connect(self._add)
        self.text.textEdited.connect(lambda _text: self._say(""))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self.patterns.currentRowChanged.connect(lambda row: self.remove.setEnabled(row >= 0))
        QShortcut(QKeySequence.StandardKey.Delete, self.patterns, self._remove)
        self._hint(self.kind.currentText())

    def _lay_out(self) -> None:
        self.patterns.setAccessibleName("Own patterns")
        self.patterns.setObjectName("choices")
        self.patterns.setFixedHeight(_LIST_HEIGHT)
        self.kind.addItems([_EXPRESSION, _FIELD])
        self.kind.setAccessibleName("What the pattern is")
        self.text.setAccessibleName("Pattern")
        self.text.setObjectName("field")
        for box in (self.kind, self.text):
            box.setFixedHeight(4 * UNIT)
        self.problem.setObjectName("muted")
        self.problem.hide()
        self.remove.setEnabled(False)
        adding = QHBoxLayout()
        adding.setSpacing(UNIT)
        adding.addWidget(self.kind)
        adding.addWidget(self.text, 1)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
            button.setObjectName("secondary")
            adding.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.patterns)
        column.addLayout(adding)
        column.addWidget(self.problem)

    def show_patterns(self, patterns: tuple[ScrubPattern, ...]) -> None:
        """Show these."""
        if patterns == self._patterns:
            return
        self._patterns = patterns
        self.patterns.clear()
        for pattern in patterns:
            kind = "field" if pattern.is_field else "expression"
            self.patterns.addItem(f"{one_line(pattern.pattern)}   ({kind})")

    def _hint(self, kind: str) -> None:
        self.text.setPlaceholderText(_HINTS[kind])
        self._say("")

    def _add(self) -> None:
        pattern = ScrubPattern(pattern=self.text.text(), is_field=self.kind.currentText() == _FIELD)
        try:
            scrub.rules.check(pattern)
        except scrub.rules.BadPattern as bad:
            self._say(str(bad))
            return
        if pattern in self._patterns:
            self._say("This pattern is there already.")
        elif len(self._patterns) >= scrub.rules.MOST_PATTERNS:
            self._say(f"There are {scrub.rules.MOST_PATTERNS} patterns already; remove one first.")
        else:
            self.text.clear()
            self.changed.emit((*self._patterns, pattern))

    def _remove(self) -> None:
        row = self.patterns.currentRow()
        if 0 <= row < len(self._patterns):
            # The pattern goes back into the line: one step undoes it.
            removed = self._patterns[row]
            self.kind.setCurrentText(_FIELD if removed.is_field else _EXPRESSION)
            self.text.setText(removed.pattern)
            self.changed.emit((*self._patterns[:row], *self._patterns[row + 1 :]))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
