"""How long to mute: a small menu, quickest by key. `M` again mutes for ever."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.model import MuteRule
from ui.issues.question_dialog import QuestionDialog

MOST = 1_000_000
SUGGESTED = 10


class MuteChoice(Struct, frozen=True):
    """A way to mute: `duration` as text after "muted", the rule or the seconds that end it."""

    duration: str
    rule: MuteRule | None = None
    seconds: int | None = None


FOR_EVER = MuteChoice("for ever")
_TIMES = (
    ("For an &hour", MuteChoice("for an hour", seconds=3_600)),
    ("For a &day", MuteChoice("for a day", seconds=86_400)),
    ("For a &week", MuteChoice("for a week", seconds=604_800)),
)
_ESCALATING = MuteChoice("until it escalates", MuteRule(escalating=True))


class MuteMenu(QMenu):
    """`chosen(MuteChoice)` is emitted for a choice, and not when the menu is left."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Mute", parent)
        self._over = parent
        self.setAccessibleName("Mute")
        self._offer("&Mute for ever", FOR_EVER)
        self.addSeparator()
        for text, choice in _TIMES:
            self._offer(text, choice)
        self.addSeparator()
        self.addAction("Until &n more events …", self._ask_more)
        self.addAction("Until n &per hour …", self._ask_per_hour)
        self._offer("Until it &escalates", _ESCALATING)

    def _offer(self, text: str, choice: MuteChoice) -> None:
        self.addAction(text, lambda: self.chosen.emit(choice))

    def _ask_more(self) -> None:
        self._ask(
            "Muted until so many more events have come:",
            lambda number: MuteChoice(f"until {number:,} more", MuteRule(more=number)),
        )

    def _ask_per_hour(self) -> None:
        self._ask(
            "Muted until so many events come within an hour:",
            lambda number: MuteChoice(f"until {number:,} an hour", MuteRule(per_hour=number)),
        )

    def _ask(self, question: str, choice_of: Callable[[int], MuteChoice]) -> None:
        dialog = QuestionDialog("Mute", question, "Mute", self._over)
        dialog.suggest(SUGGESTED, MOST)
        dialog.answered.connect(lambda number: self.chosen.emit(choice_of(int(number))))
        dialog.open()
