"""Merges, splits and rules as acts of a person: each begins in one transaction, and can be undone.

The engine moves the events after that; the list shows the new counts at once.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app import regrouping, store
from app.clock import now_micros
from ui.acts import Act, ChangedElsewhere, Work
from ui.link.store_access import StoreAccess
from ui.undo import Actions, UndoStack

if TYPE_CHECKING:
    from app.regrouping.plans import Plan
    from app.store.database import Connection

_IN_FORCE = ("running", "done")


class GroupingActions(Actions):
    """Corrections of the grouping. `begun` carries the number of the regrouping.

    `merged`: issues are now this one.
    """

    begun = Signal(int)
    merged = Signal(int)

    def __init__(self, store: StoreAccess, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(store, undo, parent)
        # The acts by the numbers of their regroupings.
        self._acts: dict[int, int] = {}

    def merge(self, issue_ids: Sequence[int]) -> None:
        """Make one issue of these: the oldest stays."""
        ids = tuple(issue_ids)
        if len(ids) < 2:
            self.refuse("Select the issues that are one bug, two or more, to merge them")
            return

        def do(connection: "Connection") -> int:
            return store.regrouping.merge(connection, ids, min(ids), now_micros())

        self._begin(f"{len(ids)} issues merged", do, into=min(ids))

    def apply(self, plan: "Plan", kind: str, sentence: str) -> None:
        """Apply what was previewed; `kind` is "split" or "rule"."""
        definition, project = plan.definition, plan.project
        issues = {issue for group in plan.groups for issue in group.events}
        issue = next(iter(issues)) if kind == "split" and issues else None
        # A plan holds what is stored of each event: it is gone once it has been carried out.
        plans = [plan]
        folder = self._store.data_dir

        def do(connection: "Connection") -> int:
            return regrouping.apply_plan.apply(connection, plans.pop(), now_micros(), kind)

        def again(connection: "Connection", _number: int) -> Work[int]:
            busy = store.corrections.under_way(connection)
            if busy:
                raise store.regrouping.CannotRegroup(
                    f"The events of “{busy[0].title}” are being moved just now; try again when that is done."
                )
            plan = regrouping.plans.of_rule(
                connection, definition, project=project, issue=issue, folder=folder
            )
            if kind == "split" and not plan.issues:
                return lambda _connection: None
            return lambda connection: regrouping.apply_plan.apply(connection, plan, now_micros(), kind)

        self._begin(sentence, do, again)

    def cancel(self, number: int) -> None:
        """Undo this one, which may still be running, if it was made here."""
        act = self._acts.get(number)
        if act is not None:
            self.stack.undo(act)

    def take_back(self, number: int, title: str) -> None:
        """Undo any correction, whichever window or command made it; `title` names it."""
        act = self._acts.get(number)
        if act is not None and self.stack.holds(act):
            self.stack.undo(act)
            return

        def finish(_nothing: None) -> None:
            self.committed.emit()
            self.stack.report(f"Undone: {title}")

        self._store.write(
            lambda connection: store.regrouping.undo(connection, number, now_micros()), finish, self._fail
        )

    def explain(self, error: BaseException) -> str | None:
        return str(error) if isinstance(error, store.regrouping.CannotRegroup) else None

    def _begin(
        self,
        sentence: str,
        do: Work[int],
        again: "Callable[[Connection, int], Work[int]] | None" = None,
        into: int | None = None,
    ) -> None:
        def done(number: int) -> None:
            # Done again, it has another number.
            others = {each: owner for each, owner in self._acts.items() if owner != act}
            self._acts = {**others, number: act}
            self.begun.emit(number)
            if into is not None:
                self.merged.emit(into)

        made = Act(
            sentence=sentence, do=do, undo=_undo, again=again, done=done, stands=_is_in_force, subject=into
        )
        act = self.stack.do(self, made)

    def _fail(self, error: BaseException) -> None:
        sentence = self.explain(error)
        if sentence is None:
            self._store.report_problem(error)
        else:
            self.refuse(sentence)


def _is_in_force(connection: "Connection", number: int) -> bool:
    current = store.corrections.get(connection, number)
    return current is not None and current.state in _IN_FORCE


def _undo(connection: "Connection", number: int) -> None:
    """Begin to undo a regrouping, finished or not. Raises `ChangedElsewhere`."""
    if not _is_in_force(connection, number):
        raise ChangedElsewhere
    store.regrouping.undo(connection, number, now_micros())
