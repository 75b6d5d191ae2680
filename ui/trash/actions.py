"""Deleting and restoring as acts of a person, each of which can be undone and done again.

Many issues are deleted in steps. What was deleted can be restored for a day, by undo or from the list of what
was deleted, after a restart too; an issue that came meanwhile for the same errors is merged with it then.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Signal

from app import regrouping, store
from app.clock import now_micros
from app.model import ISSUES_AT_ONCE
from app.plain_text import plural
from ui.acts import Act, ChangedElsewhere, LongAct, Stayed, Work, in_parts
from ui.steps import Step
from ui.undo import Actions

if TYPE_CHECKING:
    from app.regrouping.event_deletion import EventDeletion
    from app.store.database import Connection

_GONE = "This event is no longer stored"
_OVER = "It cannot be restored any more"


class Deleted(Struct, frozen=True):
    """What a step has put into the trash: these issues, as part of this deletion."""

    deletion: int
    issues: tuple[int, ...]


class TrashActions(Actions):
    """Deletes and restores. `event_gone` carries the number of an event that was deleted."""

    event_gone = Signal(int)

    def delete(self, issue_ids: Sequence[int], title: str = "") -> None:
        """Delete issues; `title` says what they are, where that is not only how many."""
        parts = in_parts(issue_ids, ISSUES_AT_ONCE)
        if parts:
            asked = sum(map(len, parts))
            begin = partial(_begin_deleting, title or plural(asked, "issue"))
            act = LongAct(
                parts=parts,
                asked=asked,
                noun="issue",
                verb="deleted",
                begin=begin,
                undo=_undo_deleting,
                stands=lambda connection, done: store.deletions.are_any(
                    connection, done.deletion, done.issues
                ),
            )
            self.stack.do(self, act)

    def delete_all(self, project: str | None = None) -> None:
        """Delete every issue of a project, or of all."""

        def read(connection: "Connection") -> list[int]:
            everything = store.issues.IssueFilter(store.issues.View.EVERYTHING, project)
            return store.matching_ids.read(connection, everything)

        def found(issue_ids: list[int]) -> None:
            if issue_ids:
                whose = "" if project is None else f" of {project}"
                self.delete(issue_ids, f"All {plural(len(issue_ids), 'issue')}{whose}")
            else:
                self.refuse("There is nothing to delete")

        self._store.read(read, found)

    def delete_event(self, pk: int, title: str) -> None:
        """Delete one event; its issue goes with the only one that it has."""

        def plan(connection: "Connection") -> "EventDeletion | None":
            return regrouping.event_deletion.plan(connection, pk)

        def begin(planned: "EventDeletion | None") -> None:
            if planned is None:
                self.refuse(_GONE)
                return
            # A plan holds what is stored of the event: it is gone once it has been carried out.
            plans = [planned]

            def do(connection: "Connection") -> int:
                return regrouping.event_deletion.delete(connection, plans.pop(), title, now_micros())

            def again(connection: "Connection", _number: int) -> Work[int]:
                planned = plan(connection)
                if planned is None:
                    return lambda _connection: None
                return lambda writing: regrouping.event_deletion.delete(writing, planned, title, now_micros())

            act = Act(
                sentence="1 event deleted",
                do=do,
                undo=_undo_event,
                again=again,
                stands=lambda connection, number: bool(store.deletions.issues_of(connection, number)),
                done=lambda _number: self.event_gone.emit(pk),
            )
            self.stack.do(self, act)

        self._store.read(plan, begin)

    def restore(self, deletion: int, title: str) -> None:
        """Bring back what this deletion put into the trash, whichever window or command did it.

        `title` says what that is.
        """

        def read(connection: "Connection") -> tuple[bool, list[int]]:
            return store.deleted_events.is_of_event(connection, deletion), store.deletions.issues_of(
                connection, deletion
            )

        def begin(found: tuple[bool, list[int]]) -> None:
            is_event, issue_ids = found
            if is_event:
                self._restore_event(deletion, title)
            elif issue_ids:
                parts = in_parts(issue_ids, ISSUES_AT_ONCE)
                numbers = dict.fromkeys(issue_ids, deletion)
                act = LongAct(
                    parts=parts,
                    asked=len(issue_ids),
                    noun="issue",
                    verb="restored",
                    begin=partial(_begin_restoring, numbers),
                    undo=partial(_undo_restoring, title, numbers),
                )
                self.stack.do(self, act)
            else:
                self.refuse(_OVER)

        self._store.read(read, begin)

    def explain(self, error: BaseException) -> str | None:
        return str(error) if isinstance(error, store.deleted_issues.CannotDelete) else None

    def _restore_event(self, deletion: int, title: str) -> None:
        # Done again, it is of another deletion.
        numbers = [deletion]

        def do(connection: "Connection") -> list[int] | None:
            return store.deleted_events.restore_event(connection, numbers[-1], now_micros())

        def undo(connection: "Connection", events: list[int]) -> None:
            planned = regrouping.event_deletion.plan(connection, events[0]) if events else None
            if planned is None:
                raise ChangedElsewhere
            numbers.append(regrouping.event_deletion.delete(connection, planned, title, now_micros()))

        self.stack.do(self, Act(sentence="1 event restored", do=do, undo=undo))


def _begin_deleting(title: str) -> Callable[[tuple[int, ...]], Step]:
    now = now_micros()
    # All steps are one deletion; the first one makes it.
    made: list[int] = []

    def step(ids: tuple[int, ...]) -> Step:
        def prepare(_connection: "Connection") -> Work[Deleted]:
            deletions, delete = store.deletions, store.deleted_issues.delete_issues

            def do(writing: "Connection") -> Deleted | None:
                number = made[0] if made else deletions.begin(writing, title, now)
                gone = delete(writing, ids, number)
                if not gone:
                    deletions.end_empty(writing, number)
                    return None
                made[:] = [number]
                return Deleted(number, gone)

            return do

        return prepare

    return step


def _undo_deleting(connection: "Connection", done: Deleted) -> Stayed:
    restored = store.deleted_issues.restore_issues(connection, done.deletion, done.issues, now_micros())
    return Stayed(len(done.issues) - len(restored.issues), len(done.issues))


def _begin_restoring(numbers: dict[int, int]) -> Callable[[tuple[int, ...]], Step]:
    """`numbers` is by issue the deletion that it is part of: once it was undone, that is another."""

    def step(ids: tuple[int, ...]) -> Step:
        def prepare(_connection: "Connection") -> Work[tuple[int, ...]]:
            restore = store.deleted_issues.restore_issues
            return lambda writing: restore(writing, numbers[ids[0]], ids, now_micros()).issues or None

        return prepare

    return step


def _undo_restoring(
    title: str, numbers: dict[int, int], connection: "Connection", restored: tuple[int, ...]
) -> Stayed:
    """Delete them again: each step is a deletion of its own."""
    number = store.deletions.begin(connection, title, now_micros())
    gone = store.deleted_issues.delete_issues(connection, restored, number)
    numbers.update(dict.fromkeys(restored, number))
    store.deletions.end_empty(connection, number)
    return Stayed(len(restored) - len(gone), len(restored))


def _undo_event(connection: "Connection", number: int) -> None:
    if not regrouping.event_deletion.restore(connection, number, now_micros()):
        raise ChangedElsewhere
