"""Merges, splits and rules as acts of a person: begun in one transaction, said, and taken back by undoing.

What they move, the engine moves behind that; the list shows the new counts at once.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.regrouping.plans import Plan
    from app.store.database import Connection


class _Done(Struct, frozen=True):
    words: str
    number: int


class GroupingActions(QObject):
    """`acted` says what was done, `undone` what was taken back, `refused` why something was not.

    `begun` carries the number of the regrouping.
    """

    committed = Signal()
    acted = Signal(str)
    undone = Signal(str)
    refused = Signal(str)
    begun = Signal(int)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._history: list[_Done] = []

    def merge(self, issue_ids: Sequence[int]) -> None:
        """Make one issue of these: the oldest stays."""
        ids = tuple(issue_ids)
        if len(ids) < 2:
            self.refused.emit("Select the issues that are one bug, two or more, to merge them")
            return

        def work(connection: "Connection") -> int:
            from app.store.grouping import regrouping  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return regrouping.merge(connection, ids, min(ids), _now())

        self._begin(work, f"{len(ids)} issues merged")

    def keep(self, plan: "Plan", kind: str, words: str) -> None:
        """Keep what was previewed."""

        def work(connection: "Connection") -> int:
            from app.regrouping import apply_plan  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return apply_plan.apply(connection, plan, _now(), kind)

        self._begin(work, words)

    def undo(self) -> None:
        """Take back the last of these acts."""
        if self._history:
            self._undo(self._history.pop())

    def cancel(self, number: int) -> None:
        """Take back this one, which may still be at work."""
        for done in self._history:
            if done.number == number:
                self.take_back(number, done.words)
                break

    def take_back(self, number: int, words: str) -> None:
        """Undo any correction, whoever made it; `words` say what it was."""
        self._history = [done for done in self._history if done.number != number]
        self._undo(_Done(words, number))

    def _undo(self, done: _Done) -> None:
        def work(connection: "Connection") -> None:
            from app.store.grouping import regrouping  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            regrouping.undo(connection, done.number, _now())

        def finished(_nothing: None) -> None:
            self.committed.emit()
            self.undone.emit(done.words)

        self._store.write(work, finished, self._failed)

    def _begin(self, work: "Callable[[Connection], int]", words: str) -> None:
        def finished(number: int) -> None:
            self._history.append(_Done(words, number))
            self.committed.emit()
            self.acted.emit(words)
            self.begun.emit(number)

        self._store.write(work, finished, self._failed)

    def _failed(self, error: BaseException) -> None:
        from app.store.grouping.regrouping import CannotRegroup  # noqa: PLC0415 - see above

        if isinstance(error, CannotRegroup):
            self.refused.emit(str(error))
        else:
            self._store.complain(error)


def _now() -> int:
    return time.time_ns() // 1_000
