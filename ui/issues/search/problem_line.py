"""One line below the search field that says what is wrong with the search, and mends it by a click."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.query import parser, writing
from app.query.syntax import Problem
from ui.issues.search.field import SearchField
from ui.theme import UNIT, appearance, font_small
from ui.widgets import icons
from ui.widgets.elided_button import ElidedButton
from ui.widgets.plain_label import OneLineLabel, PlainLabel

# What is still being typed is wrong most of the time.
PATIENCE_MS = 900
_ICON = 14


class ProblemLine(QWidget):
    """Follows a field; hidden while nothing is wrong. `mended` carries the search as it should be."""

    mended = Signal(str)

    def __init__(self, field: SearchField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._shown: Problem | None = None
        self._icon = PlainLabel()
        self.sentence = OneLineLabel()
        self.sentence.setObjectName("muted")
        self.sentence.setFont(font_small())
        self.mend = ElidedButton()
        self.mend.setObjectName("mend")
        self.mend.setAccessibleName("Mend the search")
        self.mend.setFont(font_small())
        self.mend.setCursor(Qt.CursorShape.PointingHandCursor)
        self.mend.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.mend.clicked.connect(self._mend)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, 0, 0, 0)
        row.setSpacing(UNIT)
        row.addWidget(self._icon)
        row.addWidget(self.sentence)
        row.addWidget(self.mend)
        row.addStretch(1)
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(PATIENCE_MS)
        self._pause.timeout.connect(self.show_all)
        field.textChanged.connect(self._typed)
        appearance().themeChanged.connect(self._show_icon)
        self.hide()

    def show_all(self) -> None:
        """Say what is wrong, at the cursor, too: the search is typed."""
        self._pause.stop()
        self._show(parser.parse(self._field.text()).problems)

    def _typed(self, text: str) -> None:
        cursor = self._field.cursorPosition()
        problems = parser.parse(text).problems
        is_typing = self._field.hasFocus()
        settled = tuple(each for each in problems if not is_typing or not each.start <= cursor <= each.end)
        # What stands and has been said stays said.
        self._show(settled)
        if len(settled) < len(problems):
            self._pause.start()
        else:
            self._pause.stop()

    def _show(self, problems: tuple[Problem, ...]) -> None:
        self._field.show_problems(problems)
        found = min(problems, key=lambda problem: problem.is_doubt, default=None)
        self._shown = found
        self.setVisible(found is not None)
        if found is None:
            return
        sentence = found.sentence.partition(" Did you mean ")[0] if found.instead else found.sentence
        self.sentence.setText(sentence)
        self.mend.setVisible(bool(found.instead))
        text = self._field.text()
        mended = writing.mended(text, found)
        colon = ":" if text[found.end : found.end + 1] == ":" else ""
        self.mend.set_label(f"Did you mean “{found.instead}{colon}”?")
        self.mend.setAccessibleName(f"Search for {mended[:200]} instead")
        self._show_icon()

    def _show_icon(self) -> None:
        if self._shown is not None:
            meaning = "information" if self._shown.is_doubt else "warning"
            self._icon.setPixmap(icons.icon(meaning).pixmap(_ICON, _ICON))

    def _mend(self) -> None:
        if self._shown is not None:
            self.mended.emit(writing.mended(self._field.text(), self._shown))
