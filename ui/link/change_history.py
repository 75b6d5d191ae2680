"""Changes of preferences that can be taken back, in the order in which they were made."""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

DEPTH = 100


class Change(Struct, frozen=True, eq=False):
    """A change that was made. `what` names it; both functions are called on the UI thread."""

    what: str
    undo: Callable[[], None]
    redo: Callable[[], None]


class ChangeHistory(QObject):
    """`changed`: another change can be undone or redone now."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def last(self) -> Change | None:
        """What `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Change | None:
        """What `redo` would do again."""
        return self._undone[-1] if self._undone else None

    def record(self, change: Change) -> None:
        """Record a change that was just made."""
        self._done = [*self._done, change][-DEPTH:]
        self._undone.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last change back; nothing, where there is none."""
        if self._done:
            change = self._done.pop()
            self._undone.append(change)
            change.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was taken back last; nothing, where nothing was."""
        if self._undone:
            change = self._undone.pop()
            self._done.append(change)
            change.redo()
            self.changed.emit()
