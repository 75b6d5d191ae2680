"""What a person does to issues: each action is one short transaction beside the UI thread, and can be undone.

Nothing is changed on the screen until the commit: `committed` makes the feed look, a few milliseconds later.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from app.plain_text import plural
from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.actions import Undo
    from ui.issues.mute_menu import MuteChoice

Verb = Literal["resolve", "reopen", "read", "unread"]
REMEMBERED = 50

_DONE = {
    "resolve": "resolved",
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
        """Resolve, reopen issues, or mark them as read or unread."""
        if issue_ids:
            self._do(_work(verb, tuple(issue_ids)), f"{plural(len(issue_ids), 'issue')} {_DONE[verb]}")

    def mute(self, issue_ids: Sequence[int], choice: "MuteChoice") -> None:
        """Mute issues in the chosen way."""
        ids = tuple(issue_ids)

        def work(connection: "Connection") -> "Undo":
            from app.store.inbox import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            until = None if choice.seconds is None else _now() + choice.seconds * 1_000_000
            return actions.mute(connection, ids, _now(), rule=choice.rule, until=until)

        self._do(work, f"{plural(len(ids), 'issue')} muted {choice.words}")

    def resolve_in(self, issue_ids: Sequence[int], release: str) -> None:
        """Resolve issues in a release: what older ones still send does not bring them back."""
        ids = tuple(issue_ids)

        def work(connection: "Connection") -> "Undo":
            from app.store.inbox import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return actions.resolve(connection, ids, _now(), release=release)

        self._do(work, f"{plural(len(ids), 'issue')} resolved in {release}")

    def note(self, issue_id: int, text: str) -> None:
        """Write a note on an issue."""

        def work(connection: "Connection") -> "Undo":
            from app.store.inbox import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            return actions.note(connection, issue_id, text, _now())

        self._do(work, "Note added")

    def mark_seen(self, issue_id: int) -> None:
        """An issue has been looked at: it is read now. That is no act to be undone."""
        self._store.write(_work("read", (issue_id,)), lambda _undo: self.committed.emit())

    def undo(self) -> None:
        """Take back the last act."""
        if not self._history:
            return
        last = self._history.pop()

        def work(connection: "Connection") -> None:
            from app.store.inbox import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            actions.undo(connection, last.undo, _now())

        def done(_nothing: None) -> None:
            self.committed.emit()
            self.undone.emit(last.words)

        self._store.write(work, done)

    def _do(self, work: "Callable[[Connection], Undo]", words: str) -> None:
        self._store.write(work, lambda undo: self._finish(_Done(words, undo)))

    def _finish(self, done: _Done) -> None:
        self._history = [*self._history, done][-REMEMBERED:]
        self.committed.emit()
        self.acted.emit(done.words)


def _work(verb: Verb, ids: tuple[int, ...]) -> "Callable[[Connection], Undo]":
    def work(connection: "Connection") -> "Undo":
        from app.store.inbox import actions  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

        if verb == "resolve":
            return actions.resolve(connection, ids, _now())
        if verb == "reopen":
            return actions.reopen(connection, ids, _now())
        return actions.set_unread(connection, ids, verb == "unread")

    return work


def _now() -> int:
    return time.time_ns() // 1_000
