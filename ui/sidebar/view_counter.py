"""Counts what is unread in each saved view: beside the UI thread, after commits, and never for long.

A view that was counted once is held up to date by what changes; a large number is cut, so that no view is
looked through to its end for that. One piece of the work takes some 15 ms, with a pause after it that grows
while there is more to do: what is sent is filed first.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app import store
from ui.link.store_access import StoreAccess
from ui.link.throttle import Throttle
from ui.sidebar.entries import MOST

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.lists.issue_search import IssueSearch
    from app.store.places.saved_views import SavedView

PAUSE_MS = 250
SECONDS = 0.015
STEP = 2_000


class _Counted:
    """What is known of one view: `revision` is as of when."""

    def __init__(self, view: "SavedView") -> None:
        self.view = view
        self.search: IssueSearch | None = None
        self.revision = 0

    @property
    def is_known(self) -> bool:
        """Whether its number is known, or is large."""
        search = self.search
        return search is not None and (search.is_complete or search.number > MOST)


class ViewCounter(QObject):
    """`changed` carries the numbers by the view's id: `MOST + 1` for more, None while not known."""

    changed = Signal(object)

    def __init__(self, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = access
        self._counted: dict[int, _Counted] = {}
        self._last: dict[int, int | None] = {}
        self._throttle = Throttle(self._ask, PAUSE_MS, self)

    def count(self, views: "Sequence[SavedView]") -> None:
        """Count these views from now on."""
        known = self._counted
        self._counted = {
            view.id: known[view.id]
            if view.id in known and _same(known[view.id].view, view)
            else _Counted(view)
            for view in views
        }
        self.ring()

    def begin_again(self) -> None:
        """Forget what was counted: the store or its projects are others."""
        self._counted = {number: _Counted(each.view) for number, each in self._counted.items()}
        self.ring()

    def ring(self) -> None:
        """The store has changed."""
        if self._counted:
            self._throttle.request()

    def _ask(self) -> None:
        counted = tuple(self._counted.values())
        self._store.read(lambda connection: _count(connection, counted), self._arrive, self._fail)

    def _arrive(self, is_done: bool) -> None:
        self._throttle.finished()
        numbers: dict[int, int | None] = {}
        for number, each in self._counted.items():
            known = each.search is not None and each.is_known
            numbers[number] = min(each.search.number, MOST + 1) if known and each.search else None
            if not known:
                # While it is counted anew, the last number stays.
                numbers[number] = self._last.get(number)
        if numbers != self._last:
            self._last = numbers
            self.changed.emit(numbers)
        if not is_done:
            self._throttle.request()

    def _fail(self, error: BaseException) -> None:
        self._throttle.finished()
        self.begin_again()
        self._store.report_problem(error)


def _same(one: "SavedView", other: "SavedView") -> bool:
    return (one.text, one.view, one.project) == (other.text, other.view, other.project)


def _count(connection: "Connection", counted: Sequence[_Counted]) -> bool:
    """Count for a while; returns whether nothing is left to count. Called for one piece at a time."""
    until = perf_counter() + SECONDS
    newest = store.issues.revision(connection)
    # Those first that are furthest behind: each has its turn.
    for each in sorted(counted, key=lambda one: one.revision if one.is_known else -1):
        while not (each.is_known and each.revision == newest):
            _count_on(connection, each, newest)
            if perf_counter() >= until:
                return all(one.is_known and one.revision == newest for one in counted)
    return True


def _count_on(connection: "Connection", each: _Counted, newest: int) -> None:
    view = each.view
    listed = store.issues.IssueFilter(view.view, view.project, view.text, is_unread=True)
    if each.search is None or each.revision > newest:
        each.search, each.revision = store.issue_search.IssueSearch(listed), newest
    if not each.is_known:
        each.search.look_further(connection, STEP)
        return
    changes = store.issues.changed_since(connection, listed, each.revision, found=each.search, limit=100)
    each.revision = changes.revision
    if not changes.is_complete:
        each.search = None
