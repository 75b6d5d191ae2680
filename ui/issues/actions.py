"""What a person does to issues: each action is one short transaction beside the UI thread, and can be undone.

Nothing is changed on the screen until the commit: `committed` makes the feed look, a few milliseconds later.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app.model import IssueState
from ui.issues.describing import plural
from ui.store_access import StoreAccess

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.store.actions import Undo

Verb = Literal["resolve", "mute", "reopen", "read", "unread"]
REMEMBERED = 50

_STATES = {"resolve": IssueState.RESOLVED, "mute": IssueState.MUTED, "reopen": IssueState.OPEN}
_DONE = {
    "resolve": "resolved",
    "mute": "muted",
    "reopen": "reopened",
    "read": "marked as read",
    "unread": "marked as unread",
}


class _Done(Struct, frozen=True):
    words: str
    undo: "Undo"


class IssueActions(QObject):
    """Acts on issues. `acted` says what was done, and can be undone; `undone` says what was."""

    committed = Signal()
    acted = Signal(str)
    undone = Signal(str)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._history: list[_Done] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return bool(self._history)

    def act(self, verb: Verb, issue_ids: Sequence[int]) -> None:
        """Resolve, mute, reopen issues, or mark them as read or unread."""
        if not issue_ids:
            return
        ids, work = tuple(issue_ids), _work(verb, tuple(issue_ids))
        words = f"{plural(len(ids), 'issue')} {_DONE[verb]}"
        self._store.write(work, lambda undo: self._finish(_Done(words, undo)))

    def mark_seen(self, issue_id: int) -> None:
        """An issue has been looked at: it is read now. That is no act to be undone."""
        self._store.write(_work("read", (issue_id,)), lambda _undo: self.committed.emit())

    def undo(self) -> None:
        """Take back the last act."""
        if not self._history:
            return
        last = self._history.pop()

        def work(connection: "Connection") -> None:
            from app.store import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            actions.undo(connection, last.undo)

        def done(_nothing: None) -> None:
            self.committed.emit()
            self.undone.emit(last.words)

        self._store.write(work, done)

    def _finish(self, done: _Done) -> None:
        self._history = [*self._history, done][-REMEMBERED:]
        self.committed.emit()
        self.acted.emit(done.words)


def _work(verb: Verb, ids: tuple[int, ...]) -> "Callable[[Connection], Undo]":
    def work(connection: "Connection") -> "Undo":
        from app.store import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

        if verb in _STATES:
            return actions.set_state(connection, ids, _STATES[verb])
        return actions.set_unread(connection, ids, verb == "unread")

    return work
