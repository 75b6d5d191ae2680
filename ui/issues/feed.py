"""Updates the list of issues: reads pages and changes from the store, and applies them to the model.

The cursor decides. A ring of the doorbell only makes the feed ask for what is newer than its cursor; a
hundred rings while it asks make it ask once more. There is never more than one query under way, so that an
older answer cannot overtake a newer one.

What the model holds is everything down to the `horizon`, the last row of the last page, as of the cursor.
A page is read from a newer snapshot than the cursor; the changes in between come again with the next
refresh, which changes nothing twice.

A large answer is applied in slices of a few milliseconds, so that the window never freezes.

The feed is in one of four phases: it waits, it asks the store, it applies an answer, or it is stopped. What
it is to do next is in its agenda; only `_go_on` takes from that, and only while it waits.
"""

from collections.abc import Iterator
from enum import IntEnum
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app import store
from app.model import Issue
from ui.issues.model import IssueListModel
from ui.issues.ordered import key
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.places import INBOX, Place

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.first_issues import FirstIssues

PAGE = 300
HURRIED_PAGE = 5_000
SLICE_SECONDS = 0.004


class _Waiting(Struct, frozen=True):
    """Nothing is under way: the next item of the agenda may begin."""


class _Asking(Struct, frozen=True):
    """A query is under way; what it answers ends the phase."""

    ticket: Ticket


class _Applying(Struct, frozen=True):
    """An answer is applied to the model, a slice at a time."""

    steps: Iterator[None]


class _Stopped(Struct, frozen=True):
    """The window closes: nothing begins any more."""


_Phase = _Waiting | _Asking | _Applying | _Stopped
_WAITING, _STOPPED = _Waiting(), _Stopped()
# From which phases these are entered; the others from any. So one thing is under way at a time.
_ENTERED_FROM: dict[type[_Phase], tuple[type[_Phase], ...]] = {
    _Asking: (_Waiting,),
    _Applying: (_Waiting, _Asking),
}


class _More(IntEnum):
    """How many older rows to load."""

    NONE = 0
    PAGE = 1
    ALL = 2


class _Agenda(Struct, frozen=True):
    """What is to be done next, the most urgent first."""

    reload: bool = False
    leaving: tuple[int, ...] = ()
    refresh: bool = False
    more: _More = _More.NONE


class _Loaded(Struct, frozen=True):
    """What the model holds: all rows down to `horizon`, or all there are, as of `revision` (the cursor)."""

    revision: int = 0
    horizon: Issue | None = None
    is_complete: bool = True

    def holds(self, issue: Issue) -> bool:
        """Whether the issue belongs among the loaded rows."""
        return self.is_complete or self.horizon is None or key(issue) <= key(self.horizon)

    def reaching(self, page: "_Page") -> "_Loaded":
        """The same with a page more."""
        horizon = page.issues[-1] if page.issues else self.horizon
        return _Loaded(self.revision, horizon, page.is_complete)


class _Reading(Struct, frozen=True):
    """The issue that is being read; `overstays`: it stays among the unread ones until it is left."""

    issue_id: int | None = None
    overstays: bool = False


class _Page(Struct, frozen=True):
    issues: list[Issue]
    revision: int
    is_complete: bool


class _Changes(Struct, frozen=True):
    revision: int
    matching: tuple[Issue, ...]
    gone: tuple[int, ...]
    more: bool
    is_complete: bool


class IssueFeed(QObject):
    """Feeds one model. `started`: the first page of a place is in; `changed`: ids that changed since.

    `settled`: the agenda is empty.
    """

    started = Signal()
    changed = Signal(frozenset)
    settled = Signal()

    def __init__(self, store: StoreAccess, model: IssueListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._model = model
        self._place, self._text = INBOX, ""
        self._is_first = True
        self._phase: _Phase = _WAITING
        self._agenda = _Agenda()
        self._loaded = _Loaded()
        self._reading = _Reading()
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._apply_slice)
        model.more_requested.connect(self.load_more)

    @property
    def place(self) -> Place:
        """Which list is shown."""
        return self._place

    @property
    def text(self) -> str:
        """The search that narrows it."""
        return self._text

    @property
    def complete(self) -> bool:
        """Whether every row of this place is loaded."""
        return self._loaded.is_complete

    def show(self, place: Place, text: str = "") -> None:
        """Show another list. The rows of the last one stay until the first of this one are loaded."""
        self._place, self._text = place, text
        self.restart()

    def restart(self) -> None:
        """Load from the beginning: the place or the store is another."""
        self._abandon()
        # Rows that were to leave the old list do not concern the new one.
        self._agenda = _Agenda(reload=True)
        self._go_on()

    def ring(self) -> None:
        """The store has changed."""
        self._plan(refresh=True)

    def load_more(self) -> None:
        """A view comes near the end of what is loaded."""
        if not self._loaded.is_complete:
            self._plan(more=max(self._agenda.more, _More.PAGE))

    def load_all(self) -> None:
        """Load every row there is, in large pages."""
        if not self._loaded.is_complete:
            self._plan(more=_More.ALL)

    def hold_unread(self, issue_id: int | None) -> None:
        """Hold this issue in the unread list while it is read, and release the one before it."""
        before, self._reading = self._reading, _Reading(issue_id)
        if before.issue_id is None or not before.overstays:
            return
        if before.issue_id == issue_id:
            self._reading = before
        else:
            self._plan(leaving=(*self._agenda.leaving, before.issue_id))

    def stop(self) -> None:
        """Ask for nothing more."""
        self._abandon()
        self._enter(_STOPPED)

    # -- phases ---------------------------------------------------------------------------------------------

    def _enter(self, phase: _Phase) -> None:
        """The only place where the phase changes. From `_Stopped` there is no way."""
        if self._phase is not _STOPPED:
            assert isinstance(self._phase, _ENTERED_FROM.get(type(phase), object))
            self._phase = phase

    def _abandon(self) -> None:
        """Drop what is under way."""
        if isinstance(self._phase, _Asking):
            self._phase.ticket.cancel()
        self._slices.stop()
        self._enter(_WAITING)

    def _plan(self, **items: object) -> None:
        self._agenda = replace(self._agenda, **items)
        self._go_on()

    def _go_on(self) -> None:
        """Begin the most urgent item of the agenda, unless something is under way."""
        if not isinstance(self._phase, _Waiting):
            return
        agenda = self._agenda
        if agenda.reload:
            # It stays on the agenda until the page is there: a query that fails is made again.
            self._enter(_Asking(self._ask_for_first_page()))
        elif agenda.leaving:
            self._agenda = replace(agenda, leaving=())
            self._apply(self._model.applying((), agenda.leaving))
        elif agenda.refresh:
            self._agenda = replace(agenda, refresh=False)
            self._enter(_Asking(self._ask_for_changes()))
        elif agenda.more:
            limit = HURRIED_PAGE if agenda.more is _More.ALL else PAGE
            self._enter(_Asking(self._ask_for_page(self._loaded.horizon, limit)))
        else:
            self.settled.emit()

    # -- asking ---------------------------------------------------------------------------------------------

    def _ask_for_first_page(self) -> Ticket:
        is_first, self._is_first = self._is_first, False
        if is_first and self._place == INBOX and not self._text:
            return self._store.read_first(PAGE, self._begin, self._fail)
        return self._ask_for_page(None, PAGE)

    def _begin(self, first: "FirstIssues | None") -> None:
        if first is None:
            self._enter(_WAITING)
            self._go_on()
        else:
            self._start(_Page(first.issues, first.revision, len(first.issues) < PAGE))

    def _ask_for_page(self, after: Issue | None, limit: int) -> Ticket:
        place, text = self._place, self._text

        def read(connection: "Connection") -> _Page:
            found = store.issues.page(connection, place.filter(text), after=after, limit=limit)
            return _Page(found, store.issues.revision(connection), len(found) < limit)

        return self._store.read(read, self._start if after is None else self._append, self._fail)

    def _ask_for_changes(self) -> Ticket:
        place, text, revision, reading = self._place, self._text, self._loaded.revision, self._reading

        def read(connection: "Connection") -> _Changes:
            changes = store.issues.changed_since(connection, place.filter(text), revision)
            matching, gone = changes.matching, changes.gone
            reading_id = reading.issue_id
            if place.view == "unread" and reading_id is not None and reading_id in gone:
                issue = store.issues.get(connection, reading_id)
                if issue is not None and issue.state in store.issues.OPEN_STATES:
                    matching = (*matching, issue)
                    gone = tuple(issue_id for issue_id in gone if issue_id != reading_id)
            return _Changes(changes.revision, matching, gone, changes.more, changes.is_complete)

        return self._store.read(read, self._refresh, self._fail)

    def _fail(self, error: BaseException) -> None:
        """The next ring goes on with the agenda."""
        self._enter(_WAITING)
        self._store.report_problem(error)

    # -- applying -------------------------------------------------------------------------------------------

    def _start(self, page: _Page) -> None:
        self._enter(_WAITING)
        self._agenda = replace(self._agenda, reload=False, leaving=())
        self._reading = _Reading(self._reading.issue_id)
        self._loaded = _Loaded(revision=page.revision).reaching(page)
        self._model.start(page.issues, complete=page.is_complete)
        self.started.emit()
        self._go_on()

    def _append(self, page: _Page) -> None:
        self._loaded = self._loaded.reaching(page)
        goes_on = self._agenda.more is _More.ALL and not page.is_complete
        self._agenda = replace(self._agenda, more=_More.ALL if goes_on else _More.NONE)
        self._model.end(complete=page.is_complete)
        self._apply(self._model.applying(page.issues, ()))

    def _refresh(self, found: _Changes) -> None:
        # Revisions only grow: one that is lower is of another store.
        if not found.is_complete or found.revision < self._loaded.revision:
            self.restart()
            return
        self._loaded = replace(self._loaded, revision=found.revision)
        if found.more:
            self._agenda = replace(self._agenda, refresh=True)
        for issue in found.matching:
            if issue.id == self._reading.issue_id and self._place.view == "unread":
                self._reading = _Reading(issue.id, overstays=not issue.unread)
        inside = [issue for issue in found.matching if self._loaded.holds(issue)]
        outside = [issue.id for issue in found.matching if not self._loaded.holds(issue)]
        self._apply(self._model.applying(inside, (*found.gone, *outside)))
        ids = frozenset(issue.id for issue in found.matching) | frozenset(found.gone)
        if ids:
            self.changed.emit(ids)

    def _apply(self, steps: Iterator[None]) -> None:
        self._enter(_Applying(steps))
        self._apply_slice()

    def _apply_slice(self) -> None:
        phase = self._phase
        if not isinstance(phase, _Applying):
            return
        until = perf_counter() + SLICE_SECONDS
        for _step in phase.steps:
            if self._phase is not phase:
                return  # the step made a view show another list
            if perf_counter() >= until:
                self._slices.start()
                return
        self._enter(_WAITING)
        self._slices.stop()
        self._go_on()
