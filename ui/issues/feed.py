"""Keeps the list true: asks the store for pages and for what changed, and hands it to the model.

The cursor is the truth. A ring of the doorbell only makes the feed ask for what is newer than its cursor; a
hundred rings while it asks make it ask once more. There is never more than one question under way, so that
an older answer cannot overtake a newer one.

What the model holds is everything down to the `horizon`, the last row of the last page, as of the cursor.
A page is read from a newer snapshot than the cursor; the changes in between come again with the next
refresh, which changes nothing twice.

A large answer is taken over in slices of a few milliseconds, so that the window never stands still.
"""

from collections.abc import Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from app.model import Issue
from ui.issues.model import IssueListModel
from ui.issues.ordered import key
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.places import INBOX, Place

if TYPE_CHECKING:
    from app.store.database import Connection

PAGE = 300
HURRIED_PAGE = 5_000
SLICE_SECONDS = 0.004


class _Page(Struct, frozen=True):
    issues: list[Issue]
    revision: int
    complete: bool


class _Refresh(Struct, frozen=True):
    revision: int
    matching: tuple[Issue, ...]
    gone: tuple[int, ...]
    more: bool
    is_complete: bool


class IssueFeed(QObject):
    """Feeds one model. `started`: the first page of a place is in; `changed`: ids that changed since."""

    started = Signal()
    changed = Signal(frozenset)
    settled = Signal()

    def __init__(self, store: StoreAccess, model: IssueListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._model = model
        self._place, self._text = INBOX, ""
        self._revision = 0
        self._horizon: Issue | None = None
        self._complete = True
        self._kept: int | None = None
        self._overstaying: int | None = None
        self._leaving: list[int] = []
        self._ticket: Ticket | None = None
        self._steps: Iterator[None] | None = None
        self._starting = self._ringing = self._wanting = self._hurrying = False
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._take_slice)
        model.more_wanted.connect(self.want_more)

    @property
    def place(self) -> Place:
        """Where the list is."""
        return self._place

    @property
    def text(self) -> str:
        """What the list is searched for."""
        return self._text

    @property
    def complete(self) -> bool:
        """Whether every row of this place is loaded."""
        return self._complete

    def show(self, place: Place, text: str = "") -> None:
        """Show another list. The rows of the last one stay until the first of this one are here."""
        self._place, self._text = place, text
        self.restart()

    def restart(self) -> None:
        """Begin from nothing: the place is another, or the store is."""
        self._abandon()
        self._starting, self._ringing, self._wanting, self._hurrying = True, False, False, False
        self._go_on()

    def ring(self) -> None:
        """The store has changed."""
        self._ringing = True
        self._go_on()

    def want_more(self) -> None:
        """A view comes near the end of what is loaded."""
        if not self._complete:
            self._wanting = True
            self._go_on()

    def hurry(self) -> None:
        """Load every row there is, in large pages."""
        self._hurrying = True
        self.want_more()

    def keep(self, issue_id: int | None) -> None:
        """Keep this issue among the unread ones while somebody reads it, and let go of the one before."""
        self._kept = issue_id
        if self._overstaying is not None and self._overstaying != issue_id:
            self._leaving.append(self._overstaying)
            self._overstaying = None
            self._go_on()

    def stop(self) -> None:
        """Ask for nothing more."""
        self._abandon()

    def _abandon(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = None
        self._steps = None
        self._slices.stop()

    def _go_on(self) -> None:
        if self._ticket is not None or self._steps is not None:
            return
        if self._starting:
            self._ask_for_page(None, PAGE)
        elif self._leaving:
            leaving, self._leaving = self._leaving, []
            self._apply(self._model.applying((), leaving))
        elif self._ringing:
            self._ringing = False
            self._ask_what_changed()
        elif self._wanting:
            self._wanting = False
            self._ask_for_page(self._horizon, HURRIED_PAGE if self._hurrying else PAGE)
        else:
            self.settled.emit()

    def _ask_for_page(self, after: Issue | None, limit: int) -> None:
        place, text = self._place, self._text

        def read(connection: "Connection") -> _Page:
            from app.store.inbox import issues  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            found = issues.page(connection, place.filter(text), after=after, limit=limit)
            return _Page(found, issues.revision(connection), len(found) < limit)

        self._ticket = self._store.read(read, self._start if after is None else self._append, self._fail)

    def _ask_what_changed(self) -> None:
        place, text, revision, kept = self._place, self._text, self._revision, self._kept

        def read(connection: "Connection") -> _Refresh:
            from app.store.inbox import issues  # noqa: PLC0415 - brings SQLAlchemy; see ui.places

            changes = issues.changed_since(connection, place.filter(text), revision)
            matching, gone = changes.matching, changes.gone
            if place.view == "unread" and kept is not None and kept in gone:
                reading = issues.get(connection, kept)
                if reading is not None and reading.state in issues.OPEN_STATES:
                    matching = (*matching, reading)
                    gone = tuple(issue_id for issue_id in gone if issue_id != kept)
            return _Refresh(changes.revision, matching, gone, changes.more, changes.is_complete)

        self._ticket = self._store.read(read, self._refresh, self._fail)

    def _start(self, page: _Page) -> None:
        self._ticket = None
        self._starting = False
        self._overstaying, self._leaving, self._horizon = None, [], None
        self._revision = page.revision
        self._reach(page)
        self._model.start(page.issues, complete=page.complete)
        self.started.emit()
        self._go_on()

    def _append(self, page: _Page) -> None:
        self._ticket = None
        self._reach(page)
        self._wanting = self._hurrying = self._hurrying and not page.complete
        self._model.end(complete=page.complete)
        self._apply(self._model.applying(page.issues, ()))

    def _reach(self, page: _Page) -> None:
        self._complete = page.complete
        self._horizon = page.issues[-1] if page.issues else self._horizon

    def _refresh(self, found: _Refresh) -> None:
        self._ticket = None
        # Revisions only grow: one that is lower is of another store.
        if not found.is_complete or found.revision < self._revision:
            self.restart()
            return
        self._revision = found.revision
        self._ringing = self._ringing or found.more
        for issue in found.matching:
            if issue.id == self._kept and self._place.view == "unread":
                self._overstaying = None if issue.unread else issue.id
        inside = [issue for issue in found.matching if self._is_above_horizon(issue)]
        outside = [issue.id for issue in found.matching if not self._is_above_horizon(issue)]
        self._apply(self._model.applying(inside, (*found.gone, *outside)))
        ids = frozenset(issue.id for issue in found.matching) | frozenset(found.gone)
        if ids:
            self.changed.emit(ids)

    def _is_above_horizon(self, issue: Issue) -> bool:
        return self._complete or self._horizon is None or key(issue) <= key(self._horizon)

    def _apply(self, steps: Iterator[None]) -> None:
        self._steps = steps
        self._take_slice()

    def _take_slice(self) -> None:
        steps = self._steps
        if steps is None:
            return
        until = perf_counter() + SLICE_SECONDS
        for _step in steps:
            if self._steps is not steps:
                return  # the step made somebody show another list
            if perf_counter() >= until:
                self._slices.start()
                return
        self._steps = None
        self._slices.stop()
        self._go_on()

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self._store.complain(error)
