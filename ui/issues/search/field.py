"""The line in which a search is typed, its keys coloured."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.query.syntax import Problem
from ui.issues.search.marks import as_format, marks
from ui.theme import UNIT, appearance, font_body


class SearchField(QLineEdit):
    """A line edit whose text is a search.

    `search_requested` carries a whole search that was chosen; `left`: a person goes on to the list.
    """

    search_requested = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, placeholderText="Search")
        self.setObjectName("search")
        self.setAccessibleName("Search")
        self.setFont(font_body())
        self.setFixedHeight(4 * UNIT)
        self._problems: Sequence[Problem] = ()
        self._is_composing = False
        self.textChanged.connect(self._forget_problems)
        appearance().themeChanged.connect(self._mark)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Underline what is wrong with the text."""
        if tuple(problems) != tuple(self._problems):
            self._problems = problems
            self._mark()

    def replace(self, start: int, end: int, text: str) -> None:
        """Put `text` in place of a part of what is typed, as one step of the field's own undo."""
        self.setSelection(start, end - start)
        self.insert(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def _forget_problems(self) -> None:
        self._problems = ()
        self._mark()

    def _mark(self) -> None:
        # Qt's line edit takes formats from an input method only: what is composed there has its own.
        if self._is_composing:
            return
        cursor = self.cursorPosition()
        attributes = [
            QInputMethodEvent.Attribute(
                QInputMethodEvent.AttributeType.TextFormat,
                mark.start - cursor,
                mark.end - mark.start,
                as_format(mark),
            )
            for mark in marks(self.text(), self._problems)
        ]
        super().inputMethodEvent(QInputMethodEvent("", attributes))
