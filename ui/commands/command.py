"""A command as the table has it."""

from enum import Enum

from msgspec import Struct
from PySide6.QtGui import QKeySequence


class Group(Enum):
    """Under which heading a command stands, in this order."""

    LISTS = "Lists"
    ISSUE = "Issue"
    EVENT = "Event"
    GO_TO = "Go to"
    QUEUE = "Queue and doctor"
    WINDOW = "Window"


class Command(Struct, frozen=True):
    """A command with its keys; the first of them is shown. "G, I" is G and then I.

    One that is `everywhere` works in the window's dialogs, too. With `standard`, the platform's own
    keys for it are added. One that is not listed is shown with others of its kind (`table.FIXED`).
    """

    name: str
    label: str
    keys: tuple[str, ...]
    everywhere: bool = False
    is_listed: bool = True
    standard: QKeySequence.StandardKey | None = None

    def sequences(self) -> list[QKeySequence]:
        """All of its keys, each once. Needs the application: the platform is asked."""
        sequences = [QKeySequence(key) for key in self.keys]
        platform = [] if self.standard is None else QKeySequence.keyBindings(self.standard)
        return [*sequences, *(each for each in platform if each not in sequences)]


class FixedKey(Struct, frozen=True):
    """Keys that a list, the event's page or a field has by itself, or several commands in one line."""

    keys: str
    label: str
