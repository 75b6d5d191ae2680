"""Updates the list of issues: reads pages and changes from the store, and applies them to the model.

The cursor decides. A ring of the doorbell only makes the feed ask for what is newer than its cursor; a
hundred rings while it asks make it ask once more. There is never more than one query under way, so that an
older answer cannot overtake a newer one.

What the model holds is everything between two positions, from the first row of the first page to the last
row of the last one, as of the cursor. Where it grows at one end, it lets go of rows at the other. While a
person looks at the rows, what would move them waits: see `stream.arrivals`.
A page is read from a newer snapshot than the cursor; the changes in between come again with the next refresh,
which changes nothing twice.

A search goes on looking behind its first page, in steps with pauses between them: then its number is known.

A large answer is applied in slices of a few milliseconds, so that the window never freezes.

Its phases and its agenda are in `feed_state`. Only `_go_on` takes from the agenda, and only while it waits.
"""

from collections.abc import Callable, Collection, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app import store
from app.sorting import Position, Sort, position_of
from ui.issues.feed_state import (
    ENTERED_FROM,
    STOPPED,
    WAITING,
    Agenda,
    Applying,
    Asking,
    FoundChanges,
    Loaded,
    Phase,
    Read,
    Reading,
    Waiting,
)
from ui.issues.listing import SCREENFUL, Listing, Number, Part
from ui.issues.model import IssueListModel
from ui.issues.stream.arrivals import Arrivals, Held, Pending, nobody_looks
from ui.link.background import Ticket
from ui.link.store_access import StoreAccess
from ui.places import INBOX, Place

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.first_issues import FirstIssues
    from app.store.inbox.lists.issues import Changes

PAGE = 300
# A list that is walked through holds no more rows than these around the walker (1.5 kB each).
MOST_ROWS = 3_000
# What is seen at once: a row takes 30 µs to read, and a search has its first rows with each letter.
FIRST_PAGE = 60
SLICE_SECONDS = 0.004
# Between two steps of 15 ms: a seventh of a core, for the quarter of a minute that a million events take.
LOOKING_PAUSE_MS = 100
# While one act changes many issues; beyond so many changes, the list is read anew: its first rows suffice.
MASS_CHANGE_PAUSE_MS = 700
MOST_CHANGES = 1_000
# While errors come, rows that move take a seventh of a core already.
BUSY_PAUSE_MS = 500


class IssueFeed(QObject):
    """Feeds one model. `asked`: another list is asked for; `started`: the first page of it is in.

    `changed`: ids that changed since. `jumped`: the first rows of the same place are in, or with True the
    last ones; `reached`: those around an issue, if it is in the list. `settled`: the agenda is empty.
    `pending_changed`: what waits, see `Pending`; `arrived`: it does not wait any more.
    """

    asked = Signal()
    started = Signal()
    jumped = Signal(bool)
    reached = Signal(int)
    pending_changed = Signal(object)
    arrived = Signal()
    changed = Signal(frozenset)
    settled = Signal()

    def __init__(self, store: StoreAccess, model: IssueListModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._model = model
        self._place, self._text, self._sort = INBOX, "", Sort.LAST_SEEN
        # The issue around which the list is read.
        self._target: int | None = None
        self._is_first = True
        self._phase: Phase = WAITING
        self._agenda = Agenda()
        self._listing = Listing(INBOX, "")
        self._loaded = Loaded()
        self._is_started = False
        self._reading = Reading()
        # Whether anything has changed since the last pause in looking began.
        self._is_busy = False
        # The first and the last row that a person sees or has selected.
        self._held_rows: Callable[[], tuple[int, int]] = lambda: (0, model.rowCount())
        # Whether the rows around an issue are to follow those that are loaded.
        self.is_going = False
        self._arrivals = Arrivals(model)
        self._is_held: Held = nobody_looks
        self._pending = Pending()
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._apply_slice)
        self._looking = QTimer(self, singleShot=True)
        self._looking.timeout.connect(self._look)
        # While many issues are changed by one act: when to look next, and whether to read the list anew then.
        self._is_mass_change = self._is_behind = False
        self._next_look = QTimer(self, singleShot=True)
        self._next_look.setInterval(MASS_CHANGE_PAUSE_MS)
        self._next_look.timeout.connect(lambda: self._plan(refresh=True))
        model.more_requested.connect(self.load_more)
        model.earlier_requested.connect(self.load_earlier)

    @property
    def place(self) -> Place:
        """Which list is shown."""
        return self._place

    @property
    def text(self) -> str:
        """The search that narrows it."""
        return self._text

    @property
    def sort(self) -> Sort:
        """By what it is sorted."""
        return self._sort

    @property
    def pending(self) -> Pending:
        """What waits while a person looks at the rows."""
        return self._pending

    @property
    def number(self) -> Number | None:
        """How many rows a search has; None without a search."""
        return self._listing.number

    @property
    def found(self) -> Collection[int] | None:
        """The issues that a search has found so far; None without a search."""
        return self._listing.found

    def show(
        self, place: Place, text: str = "", sort: Sort = Sort.LAST_SEEN, around: int | None = None
    ) -> None:
        """Show another list, from its beginning or `around` an issue.

        The rows of the last one stay until the first of this one are loaded.
        """
        self._place, self._text, self._sort = place, text, sort
        self._restart(around)
        self.asked.emit()

    def restart(self) -> None:
        """Load from the beginning: the place or the store is another."""
        self._restart(None)

    def _restart(self, around: int | None) -> None:
        self._target, self.is_going = around, False
        self._abandon()
        self._is_started = False
        # Rows that were to leave the old list do not concern the new one.
        self._agenda = Agenda(reload=Read.ANEW)
        self._go_on()

    def ring(self) -> None:
        """The store has changed."""
        if not self._is_mass_change:
            self._plan(refresh=True)
        elif not self._next_look.isActive():
            self._next_look.start()

    def expect_mass_change(self, is_expected: bool) -> None:
        """An act changes very many issues, or has ended.

        Meanwhile the list looks less often: each look would read hundreds of rows that nobody sees.
        """
        self._is_mass_change = is_expected
        self._is_behind |= is_expected

    def reload(self) -> None:
        """Read the same list again: which issues it has is another now. Rows that stay keep their places."""
        if self._is_started:
            self._plan(reload=Read.AGAIN)

    def load_more(self) -> None:
        """A view comes near the end of what is loaded."""
        if self._loaded.bottom is not None:
            self._plan(more=True)

    def load_earlier(self) -> None:
        """A view comes near the beginning of what is loaded."""
        if self._loaded.top is not None:
            self._plan(earlier=True)

    def go_to_end(self) -> None:
        """Have the last rows of the list, in place of those that are loaded."""
        if self._loaded.bottom is not None:
            self._plan(reload=Read.END)

    def go_to(self, issue_id: int) -> None:
        """Have the rows around an issue, in place of those that are loaded."""
        self._target = issue_id
        self._plan(reload=Read.AROUND)

    def hold(self, is_held: Held) -> None:
        """Have `is_held` say whether a person looks at the rows, which then stay where they are."""
        self._is_held = is_held

    def let_in(self) -> None:
        """Show what waits, if nobody looks at the rows any more."""
        if self._pending and not self._is_held():
            self._plan(release=True)

    def show_arrivals(self) -> None:
        """Show what waits, and the first rows of the list."""
        if self._loaded.top is not None or self._arrivals.is_many:
            self._plan(reload=Read.TOP)
        elif self._pending:
            self._plan(release=True)
        else:
            self.arrived.emit()

    def hold_unread(self, issue_id: int | None) -> None:
        """Hold this issue in the unread list while it is read, and release the one before it."""
        before, self._reading = self._reading, Reading(issue_id)
        if before.issue_id is None or not before.overstays:
            return
        if before.issue_id == issue_id:
            self._reading = before
        else:
            self._plan(leaving=(*self._agenda.leaving, before.issue_id))

    def hold_rows(self, held: Callable[[], tuple[int, int]]) -> None:
        """Have `held` say which rows must stay when others are loaded: the first and the last of them."""
        self._held_rows = held

    def stop(self) -> None:
        """Ask for nothing more."""
        self._abandon()
        self._enter(STOPPED)

    # -- phases ---------------------------------------------------------------------------------------------

    def _enter(self, phase: Phase) -> None:
        """The only place where the phase changes. From `Stopped` there is no way."""
        if self._phase is not STOPPED:
            assert isinstance(self._phase, ENTERED_FROM.get(type(phase), object))
            self._phase = phase

    def _abandon(self) -> None:
        """Drop what is under way."""
        if isinstance(self._phase, Asking):
            self._phase.ticket.cancel()
        self._slices.stop()
        self._looking.stop()
        self._enter(WAITING)

    def _plan(self, **items: object) -> None:
        self._agenda = replace(self._agenda, **items)
        self._go_on()

    def _go_on(self) -> None:
        """Begin the most urgent item of the agenda, unless something is under way."""
        if not isinstance(self._phase, Waiting):
            return
        agenda = self._agenda
        if agenda.reload:
            # It stays on the agenda until the page is there: a query that fails is made again.
            self._enter(Asking(self._ask_anew(agenda.reload)))
        elif agenda.leaving:
            self._agenda = replace(agenda, leaving=())
            self._apply(self._model.applying((), agenda.leaving))
        elif agenda.release:
            self._agenda = replace(agenda, release=False)
            self._release()
        elif agenda.refresh:
            self._agenda = replace(agenda, refresh=False)
            self._enter(Asking(self._ask_for_changes()))
        elif agenda.look and self._listing.is_looking:
            self._agenda = replace(agenda, look=False)
            self._enter(Asking(self._ask_to_look()))
        elif agenda.more and self._loaded.bottom is not None:
            self._enter(Asking(self._ask_for_page(self._loaded.bottom, self._append)))
        elif agenda.earlier and self._loaded.top is not None:
            self._enter(Asking(self._ask_for_page(self._loaded.top, self._prepend, upwards=True)))
        else:
            if self._listing.is_looking and not self._looking.isActive():
                self._looking.start(BUSY_PAUSE_MS if self._is_busy else LOOKING_PAUSE_MS)
                self._is_busy = False
            self.settled.emit()

    def _look(self) -> None:
        self._plan(look=True)

    # -- asking ---------------------------------------------------------------------------------------------

    def _ask_anew(self, what: Read) -> Ticket:
        is_first, self._is_first = self._is_first, False
        is_same, limit = what in (Read.TOP, Read.END, Read.AROUND), min(FIRST_PAGE, PAGE)
        is_plain = self._place == INBOX and not self._text and self._sort is Sort.LAST_SEEN
        if is_first and what is Read.ANEW and is_plain:
            return self._store.read_first(limit, self._begin, self._fail)
        # The one that is held may still be at work for a query that was cancelled.
        listing = self._listing if is_same else Listing(self._place, self._text, self._sort)
        target = self._target if what in (Read.ANEW, Read.AROUND) else None

        def read(connection: "Connection") -> Part | None:
            if what is Read.END:
                return listing.last(connection, limit)
            first = listing.page(connection, None, limit) if is_same else listing.first(connection, limit)
            if target is None or any(issue.id == target for issue in first.issues):
                return first
            return listing.around(connection, target, limit) or first

        def done(part: Part | None) -> None:
            if part is None:
                self._enter(WAITING)
                self._go_on()
                return
            self._listing = listing
            self._start(part, what)

        return self._store.read(read, done, self._fail)

    def _begin(self, first: "FirstIssues | None") -> None:
        if first is None:
            self._enter(WAITING)
            self._go_on()
            return
        self._listing = Listing(self._place, self._text, self._sort)
        is_all = len(first.issues) < min(FIRST_PAGE, PAGE)
        end = None if is_all else position_of(first.issues[-1])
        newest = position_of(first.issues[0])[0] if first.issues else 0
        target = self._target
        is_there = target is None or is_all or any(issue.id == target for issue in first.issues)
        self.is_going = not is_there
        self._start(Part(first.issues, end, first.revision, newest=newest), Read.ANEW)
        if target is not None and not is_there:
            self.go_to(target)

    def _ask_for_page(
        self, after: Position, done: Callable[[Part], None], *, upwards: bool = False
    ) -> Ticket:
        listing = self._listing
        return self._store.read(
            lambda connection: listing.page(connection, after, PAGE, upwards=upwards), done, self._fail
        )

    def _ask_to_look(self) -> Ticket:
        listing, bottom = self._listing, self._loaded.bottom
        room = PAGE - self._model.rowCount()
        return self._store.read(
            lambda connection: listing.look_further(connection, bottom, room), self._take_found, self._fail
        )

    def _ask_for_changes(self) -> Ticket:
        listing, place, revision, reading = self._listing, self._place, self._loaded.revision, self._reading
        is_behind, self._is_behind = self._is_behind, self._is_mass_change

        def read(connection: "Connection") -> FoundChanges:
            if is_behind and store.issues.are_many_changes(connection, revision, MOST_CHANGES):
                return FoundChanges(revision, (), (), False, False)
            changes: Changes = listing.changes(connection, revision)
            matching, gone = changes.matching, changes.gone
            reading_id = reading.issue_id
            if place.view == "unread" and reading_id is not None and reading_id in gone:
                issue = store.issues.get(connection, reading_id)
                if issue is not None and issue.state in store.issues.OPEN_STATES:
                    matching = (*matching, issue)
                    gone = tuple(issue_id for issue_id in gone if issue_id != reading_id)
            is_complete = changes.is_complete and not listing.is_outdated
            return FoundChanges(changes.revision, matching, gone, changes.more, is_complete)

        return self._store.read(read, self._refresh, self._fail)

    def _fail(self, error: BaseException) -> None:
        """The next ring goes on with the agenda; what a search has found is read again."""
        self._enter(WAITING)
        if self._listing.number is not None and not self._agenda.reload:
            self._agenda = replace(self._agenda, reload=Read.AGAIN)
        self._store.report_problem(error)

    # -- applying -------------------------------------------------------------------------------------------

    def _start(self, part: Part, what: Read) -> None:
        self._enter(WAITING)
        is_last = what is Read.END
        top, bottom = (part.end, None) if is_last else (part.top, part.end)
        self._loaded = Loaded(part.revision, top, bottom, self._sort)
        self._arrivals.begin(part.newest)
        target, self._target = self._target, None
        self._reading = Reading(self._reading.issue_id)
        # Where few issues are in the list, a page comes in several parts.
        is_partial = part.end is not None and len(part.issues) < min(FIRST_PAGE, PAGE)
        is_looking = self._listing.is_looking
        self._agenda = replace(
            self._agenda,
            reload=Read.NOTHING,
            leaving=(),
            release=False,
            more=is_partial and not is_last and not is_looking,
            earlier=is_partial and top is not None,
            look=is_looking and not is_last and len(part.issues) < SCREENFUL,
        )
        if what is Read.AGAIN:
            gone = self._model.ids() - {issue.id for issue in part.issues}
            self._model.begin(from_top=True)
            self._model.end(complete=bottom is None)
            self._apply(self._model.applying(part.issues, gone))
            # What has changed is not known: whatever is shown is to be looked at again.
            shown = {self._reading.issue_id} - {None}
            self.changed.emit(frozenset(shown | gone | {issue.id for issue in part.issues}))
            return
        self._model.start(part.issues, complete=bottom is None, from_top=top is None, sort=self._sort)
        self._count_pending()
        if not self._is_started:
            self._is_started = True
            self.started.emit()
        elif what is Read.AROUND and target is not None:
            self.is_going = False
            self.reached.emit(target)
        else:
            self.jumped.emit(is_last)
        self._go_on()

    def _append(self, part: Part) -> None:
        self._arrivals.forget(part.issues)
        self._loaded = replace(self._loaded, bottom=part.end)
        is_short = part.end is not None and self._is_short(part)
        self._agenda = replace(self._agenda, more=is_short, look=is_short and self._listing.is_looking)
        self._model.end(complete=part.end is None)

        def steps() -> Iterator[None]:
            yield from self._model.applying(part.issues, (), is_held=self._is_held())
            yield from self._let_go_above()

        self._apply(steps())

    def _prepend(self, part: Part) -> None:
        self._arrivals.forget(part.issues)
        self._loaded = replace(self._loaded, top=part.end)
        self._agenda = replace(self._agenda, earlier=part.end is not None and self._is_short(part))

        def steps() -> Iterator[None]:
            yield from self._model.applying(part.issues, (), is_held=self._is_held())
            self._model.begin(from_top=part.end is None)
            yield from self._let_go_below()

        self._apply(steps())

    def _is_short(self, part: Part) -> bool:
        """Whether another page is to follow: a view asks for it only when its rows have moved."""
        count = len(part.issues)
        return count == 0 or (count < PAGE and self._model.rowCount() + count < SCREENFUL)

    def _let_go_above(self) -> Iterator[None]:
        count = min(self._model.rowCount() - MOST_ROWS, self._held_rows()[0])
        if count > 0:
            self._loaded = replace(self._loaded, top=self._model.position(count))
            self._model.begin(from_top=False)
            yield from self._model.applying((), [self._model.issue(row).id for row in range(count)])

    def _let_go_below(self) -> Iterator[None]:
        rows = self._model.rowCount()
        last = max(MOST_ROWS - 1, self._held_rows()[1])
        if last < rows - 1:
            self._loaded = replace(self._loaded, bottom=self._model.position(last))
            self._model.end(complete=False)
            yield from self._model.applying((), [self._model.issue(row).id for row in range(last + 1, rows)])

    def _take_found(self, part: Part) -> None:
        self._loaded = replace(self._loaded, bottom=part.end)
        self._model.end(complete=part.end is None)
        is_short = part.end is not None and self._model.rowCount() + len(part.issues) < SCREENFUL
        self._agenda = replace(self._agenda, look=is_short and self._listing.is_looking)
        self._apply(self._model.applying(filter(self._loaded.holds, part.issues), ()))

    def _refresh(self, found: FoundChanges) -> None:
        # Revisions only grow: one that is lower is of another store.
        if found.revision < self._loaded.revision:
            self.restart()
            return
        if not found.is_complete:
            self._enter(WAITING)
            self._plan(reload=Read.AGAIN)
            return
        self._is_busy = self._is_busy or found.revision > self._loaded.revision
        self._loaded = replace(self._loaded, revision=found.revision)
        if found.more:
            self._agenda = replace(self._agenda, refresh=True)
        for issue in found.matching:
            if issue.id == self._reading.issue_id and self._place.view == "unread":
                self._reading = Reading(issue.id, overstays=not issue.unread)
        is_held = self._is_held()
        changes = self._arrivals.take(found.matching, found.gone, self._loaded, is_held=is_held)
        self._apply(self._model.applying(changes.matching, changes.gone, is_held=is_held))
        ids = frozenset(issue.id for issue in found.matching) | frozenset(found.gone)
        if ids:
            self.changed.emit(ids)

    def _release(self) -> None:
        changes = self._arrivals.release(self._loaded)

        def steps() -> Iterator[None]:
            yield from self._model.applying(changes.matching, changes.gone)
            self._count_pending()
            self.arrived.emit()

        self._apply(steps())

    def _count_pending(self) -> None:
        pending = self._arrivals.pending
        if pending != self._pending:
            self._pending = pending
            self.pending_changed.emit(pending)

    def _apply(self, steps: Iterator[None]) -> None:
        self._enter(Applying(steps))
        self._apply_slice()

    def _apply_slice(self) -> None:
        phase = self._phase
        if not isinstance(phase, Applying):
            return
        until = perf_counter() + SLICE_SECONDS
        for _step in phase.steps:
            if self._phase is not phase:
                return  # the step made a view show another list
            if perf_counter() >= until:
                self._slices.start()
                return
        self._enter(WAITING)
        self._slices.stop()
        self._count_pending()
        self._go_on()
