"""Shown in place of an empty list: what is missing, and what to do next."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.plain_text import elided
from ui.places import Place
from ui.theme import UNIT
from ui.widgets.elided_button import ElidedButton
from ui.widgets.plain_label import PlainLabel

# Whole pages are pasted as a search; what is said of it has to stay in sight.
LONGEST_QUOTATION = 80

NOTHING_ARRIVES = "No error can arrive now"
SEARCHING = ("Searching…", "Nothing that matches has been found yet.")


class Hint(QWidget):
    """Two quiet lines in the middle, and buttons for what can be done next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._second = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignHCenter)
        self._second.setObjectName("muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT * 4, 0, UNIT * 4, 0)
        layout.setSpacing(UNIT // 2)
        layout.addStretch(2)
        layout.addWidget(self._first)
        layout.addWidget(self._second)
        self.buttons: list[ElidedButton] = []
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, UNIT, 0, 0)
        self._column.setSpacing(UNIT)
        layout.addLayout(self._column)
        layout.addStretch(3)

    def show_message(self, first: str, second: str = "") -> None:
        """Show these lines, without buttons where they are others."""
        if (first, second) != (self._first.text(), self._second.text()):
            self.offer(())
        self._first.setText(first)
        self._second.setText(second)

    def offer(self, acts: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Show a button for each of these acts, in place of those that are there."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = []
        for label, act in acts:
            button = ElidedButton(label)
            button.setObjectName("secondary")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(act)
            self.buttons.append(button)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)


def nothing_in(place: Place, text: str) -> tuple[str, str]:
    """The two lines for a list without rows."""
    if place.run is not None and text == place.text:
        return (
            f"No error came in run {place.run.id}",
            "Errors that it prints, or that its client sends, stand here.",
        )
    if place.run is not None and text == f"newinrun:{place.run.id}":
        return f"Nothing is new in run {place.run.id}", "The run before had all of this, too."
    if text:
        return (
            f"Nothing matches “{elided(text, LONGEST_QUOTATION)}”",
            "All of it must be in one event. Esc clears the search.",
        )
    if place.session is not None:
        return (
            "Nothing new in this session",
            "What comes appears here. × beside the title shows all.",
        )
    if place.saved is not None:
        return f"Nothing in {place.saved.name}", "What matches its search appears here by itself."
    if place.project is not None:
        return f"No open issues in {place.project}", "What was resolved or muted is under its view."
    return {
        "inbox": ("The inbox is empty", "New errors appear here by themselves."),
        "unread": ("Nothing unread", "Every open issue has been looked at."),
        "new_today": ("Nothing new today", "Errors that were never seen before appear here."),
        "regressed": ("Nothing has come back", "What was resolved and happens again appears here."),
        "escalating": ("Nothing is escalating", "What happens far more often than usual appears here."),
        "pinned": ("Nothing is pinned", "A pin marks an issue to find it again."),
        "resolved": (
            "Nothing resolved yet",
            "E resolves the selected issues. One that happens again comes back.",
        ),
        "muted": ("Nothing muted", "M keeps an issue out of the inbox while it goes on happening."),
        "everything": ("No issues yet", "New errors appear here by themselves."),
    }[place.view]
