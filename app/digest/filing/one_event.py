"""One error, one event: what was printed, what a hook reported and what a client sent of it, however it
arrives.

Of two reports of one error the richer one is the event. If it comes first, or with the other, that one makes
no event; if it comes later, it takes the place of what the other made, whose number, issue and counts stay. A
printed error is shown at once, and never waits for another. All is in the transaction of the batch, and each
report has its row in `printed_errors`: what is delivered twice, or digested again after a crash, ends as it
would have at once.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from app import settings
from app.digest import understanding
from app.digest.entries import entries
from app.digest.filing import same_error
from app.digest.filing.occurrence import Key, Occurrence
from app.digest.filing.occurrence import rows as occurrence_rows
from app.digest.filing.same_error import WITHIN, Kind, Told
from app.listeners import event_changes
from app.model import Event, Report
from app.protocols import printed, run_path
from app.store.database import Connection
from app.store.inbox.events import changes, printed_errors, replacement
from app.store.inbox.events.printed_errors import Candidate, PrintedError
from app.store.inbox.events.replacement import Replaced
from app.store.inbox.search import search_gaps
from app.store.queue import report_queue

# A project, and the name of an exception's type; `_ENDED` is in the place of the latter for any.
_Name = tuple[int, str]
_ENDED = "(ended)"


class Joined(Struct, frozen=True):
    """A report that is the event numbered `number` from now on, and a `lesser` one of the same error."""

    report: Report
    ordinal: int
    number: int
    lesser: Event
    is_in_place: bool = False


class Absorbed(Struct):
    """An occurrence that makes no event, and the one that shows it: a stored one, or one of the batch."""

    occurrence: Occurrence
    by_occurrence: Occurrence | None = None
    by_event: int = 0
    issue_id: int | None = None


class InPlace(Struct, frozen=True):
    """An occurrence that takes the place of the stored event of a lesser report."""

    occurrence: Occurrence
    error: PrintedError
    before: Replaced


class Matched(Struct):
    """What becomes of a batch: `new` make events of their own, `told` are those printed or hooked."""

    new: list[Occurrence]
    absorbed: list[Absorbed] = field(default_factory=list)
    in_place: list[InPlace] = field(default_factory=list)
    told: list[tuple[Occurrence, Told]] = field(default_factory=list)


def match(connection: Connection, occurrences: Sequence[Occurrence]) -> Matched:
    """Find reports of one error among `occurrences` and what is stored."""
    if not occurrences:
        return Matched([])
    first = min(occurrence.report.received_at for occurrence in occurrences)
    lesser = [each for each in occurrences if each.report.protocol == printed.NAME]
    alone = printed_errors.alone_since(connection, first - WITHIN)
    if not lesser and not alone:
        return Matched(list(occurrences))
    return _Matching(connection, occurrences, lesser, alone).run()


def known(connection: Connection, reports: Iterable[tuple[str, Report]]) -> set[tuple[str, int]]:
    """Those of the reports, given with an event's id, whose error is recorded, each with its project."""
    ids = [event_id for event_id, report in reports if report.protocol == printed.NAME]
    return printed_errors.known(connection, ids) if ids else set()


def rows(matched: Matched, numbers: dict[int, int]) -> list[PrintedError]:
    """What is to be recorded; `numbers` are those of the batch's events, by the number of the occurrence."""
    by = {each.occurrence.number: each for each in matched.absorbed}
    placed = {each.occurrence.number: each.error.event for each in matched.in_place}
    found = []
    for occurrence, told in matched.told:
        number = occurrence.number
        absorbed = by.get(number)
        if absorbed is None:
            event = placed.get(number) or numbers[number]
        elif absorbed.by_occurrence is None:
            event = absorbed.by_event
        else:
            shown_by = absorbed.by_occurrence.number
            event = placed.get(shown_by) or numbers[shown_by]
        found.append(_row(occurrence, told, event, is_alone=absorbed is None))
    return found


def keys(matched: Matched, issues: dict[Key, int]) -> list[tuple[Key, int]]:
    """The keys of reports that made no event, each with the issue that shows their error.

    What is printed next, without a client, is then known to be the same bug. `issues` are those of the batch
    by key.
    """
    placed = {each.occurrence.number: each.before.issue_id for each in matched.in_place}
    found = [
        (each.occurrence.key, each.before.issue_id)
        for each in matched.in_place
        if not each.occurrence.entry.kept_apart
    ]
    for each in matched.absorbed:
        by = each.by_occurrence
        issue = each.issue_id if by is None else placed.get(by.number) or issues.get(by.key)
        if issue is not None and not each.occurrence.entry.kept_apart:
            found.append((each.occurrence.key, issue))
    return found


def write(connection: Connection, matched: Matched, numbers: dict[int, int], revision: int) -> None:
    """Replace events, and record the printed and hooked errors, once the batch's own events are stored."""
    for place in matched.in_place:
        occurrence, before = place.occurrence, place.before
        old = _tags(connection, before)
        row, search_row = occurrence_rows(occurrence, place.error.event, before.issue_id)
        replacement.replace(connection, before, row, search_row)
        search_gaps.note_again(connection, place.error.event)
        entry = occurrence.entry
        replacement.recount(connection, before.issue_id, old, entry.tags, entry.user, revision)
        printed_errors.joined(connection, place.error)
    printed_errors.add(connection, rows(matched, numbers))


def joined(connection: Connection, matched: Matched, numbers: dict[int, int]) -> list[Joined]:
    """The pairs whose richer report is filed with this batch, or was filed before."""
    found = []
    placed = {each.occurrence.number: each.error.event for each in matched.in_place}
    for each in matched.absorbed:
        by = each.by_occurrence
        if by is None:
            stored = replacement.find(connection, each.by_event)
            report = None if stored is None else report_queue.get(connection, stored.report_id)
            if stored is not None and report is not None:
                lesser = _whole(each.occurrence.report, each.occurrence.entry.ordinal)
                found.append(Joined(report, stored.ordinal, each.by_event, lesser))
        else:
            number = placed.get(by.number) or numbers[by.number]
            lesser = _whole(each.occurrence.report, each.occurrence.entry.ordinal)
            found.append(Joined(by.report, by.entry.ordinal, number, lesser))
    for place in matched.in_place:
        report = report_queue.get(connection, place.before.report_id)
        if report is not None:
            occurrence = place.occurrence
            changed = changes.of(connection, report.id, place.before.ordinal)
            lesser = event_changes.apply(_whole(report, place.before.ordinal), changed)
            found.append(
                Joined(
                    occurrence.report, occurrence.entry.ordinal, place.error.event, lesser, is_in_place=True
                )
            )
    return found


class _Matching:
    """Matches one batch. Everything is looked up by project and name: in a flood there is much of it."""

    def __init__(
        self,
        connection: Connection,
        occurrences: Sequence[Occurrence],
        lesser: Sequence[Occurrence],
        alone: Sequence[PrintedError],
    ) -> None:
        self._connection = connection
        self._occurrences = occurrences
        self._told: dict[int, Told] = {each.number: _told(each) for each in lesser}
        self._lesser = {each.number: each for each in lesser}
        self._alone: dict[_Name, list[PrintedError]] = {}
        for error in alone:
            name = _ENDED if error.kind == Kind.ENDED else error.name
            self._alone.setdefault((error.project_id, name), []).append(error)
        self._richer: dict[_Name, list[Occurrence]] = {}
        for each in occurrences:
            if each.number not in self._told or self._told[each.number].kind >= Kind.HOOKED:
                for name in (same_error.name_of(each.entry.type), _ENDED):
                    self._richer.setdefault((each.key[0], name), []).append(each)
        # What each richer report stands for already: those of the batch, and stored ones.
        self._new_shows: dict[int, set[Kind]] = {}
        self._stored_shows: dict[int, set[Kind]] = {}
        self._recent: dict[int, dict[str, list[Candidate]]] = {}
        self._stored_told: dict[int, Told | None] = {}
        # The stored events that are replaced.
        self._placed: set[int] = set()

    def run(self) -> Matched:
        matched = Matched([])
        gone: set[int] = set()
        # A hook's own report first: what was printed is then looked for in what has become of that.
        for number in sorted(self._lesser, key=lambda number: -self._told[number].kind):
            absorbed = self._absorb(self._lesser[number], gone)
            if absorbed is not None:
                matched.absorbed.append(absorbed)
                gone.add(number)
        for occurrence in self._occurrences:
            if occurrence.number in gone:
                continue
            place = self._place_for(occurrence)
            if place is None:
                matched.new.append(occurrence)
            else:
                matched.in_place.append(place)
        matched.told = [(each, self._told[number]) for number, each in self._lesser.items()]
        return matched

    def _absorb(self, occurrence: Occurrence, gone: set[int]) -> Absorbed | None:
        """What shows the error of a lesser report already, or is about to."""
        told = self._told[occurrence.number]
        name = _ENDED if told.kind is Kind.ENDED else told.likeness.name
        for other in self._richer.get((occurrence.key[0], name), ()):
            shown = self._new_shows.setdefault(other.number, set())
            if other.number in gone or other is occurrence or told.kind in shown:
                continue
            if same_error.is_same(told, self._told_of(other)):
                shown.add(told.kind)
                return Absorbed(occurrence, by_occurrence=other)
        stored = self._recent_of(occurrence.key[0], told.arrived).get(name, [])
        for candidate in stored:
            kinds = self._shows(candidate.event)
            other_told = None if told.kind in kinds else self._told_of_stored(candidate)
            if other_told is not None and same_error.is_same(told, other_told):
                kinds.add(told.kind)
                return Absorbed(occurrence, by_event=candidate.event, issue_id=candidate.issue_id)
        return None

    def _place_for(self, occurrence: Occurrence) -> InPlace | None:
        """The stored event of a lesser report of the same error, which `occurrence` replaces."""
        own = self._told.get(occurrence.number)
        if own is not None and own.kind < Kind.HOOKED:
            return None
        project_id, name = occurrence.key[0], same_error.name_of(occurrence.entry.type)
        alone = [self._alone.get((project_id, each), []) for each in (name, _ENDED)]
        if own is not None:
            # Ruby notices late that a thread has died.
            first, last = own.at - WITHIN, own.at + WITHIN
            alone.append(printed_errors.alone_about(self._connection, project_id, name, first, last))
        for errors in alone:
            for error in errors:
                if self._replaces(occurrence, error):
                    before = replacement.find(self._connection, error.event)
                    errors.remove(error)
                    return None if before is None else InPlace(occurrence, error, before)
        return None

    def _replaces(self, occurrence: Occurrence, error: PrintedError) -> bool:
        kind = Kind(error.kind)
        shown = self._new_shows.setdefault(occurrence.number, set())
        if kind in shown or error.event in self._placed:
            return False
        likeness = same_error.decode(error.likeness)
        lesser = Told(kind=kind, likeness=likeness, at=error.at, arrived=error.arrived, run=error.run)
        if not same_error.is_same(lesser, self._told_of(occurrence)):
            return False
        shown.add(kind)
        self._placed.add(error.event)
        return True

    def _told_of(self, occurrence: Occurrence) -> Told:
        number = occurrence.number
        if number not in self._told:
            self._told[number] = _told(occurrence)
        return self._told[number]

    def _recent_of(self, project_id: int, arrived: int) -> dict[str, list[Candidate]]:
        if project_id not in self._recent:
            by_name: dict[str, list[Candidate]] = {}
            for candidate in printed_errors.recent(
                self._connection, project_id, arrived - WITHIN, Kind.HOOKED
            ):
                for name in (same_error.name_of(candidate.type), _ENDED):
                    by_name.setdefault(name, []).append(candidate)
            self._recent[project_id] = by_name
        return self._recent[project_id]

    def _told_of_stored(self, stored: Candidate) -> Told | None:
        if stored.event not in self._stored_told:
            report = report_queue.get(self._connection, stored.report_id)
            told = None if report is None else _describe(report, stored.ordinal)
            self._stored_told[stored.event] = told
        return self._stored_told[stored.event]

    def _shows(self, event: int) -> set[Kind]:
        if event not in self._stored_shows:
            kinds = printed_errors.kinds_shown_by(self._connection, event)
            self._stored_shows[event] = {Kind(kind) for kind, is_own in kinds.items() if not is_own}
        return self._stored_shows[event]


def _tags(connection: Connection, place: Replaced) -> entries.Tags:
    """The tags that a stored event is counted by."""
    report = report_queue.get(connection, place.report_id)
    if report is None:
        return ()
    event = understanding.outlined_event(report, place.ordinal)
    return entries.tags_of(event, entries.user_of(event))


def _told(occurrence: Occurrence) -> Told:
    return _describe(occurrence.report, occurrence.entry.ordinal)


def _describe(report: Report, ordinal: int) -> Told:
    event = understanding.outlined_event(report, ordinal)
    likeness = same_error.likeness(event)
    kind, run = Kind.SENT, run_path.key(report)
    if report.protocol == printed.NAME:
        origin = printed.origin(understanding.decoded(report, settings.decoded_bytes()))
        run = origin.run_key
        if origin.is_hooked:
            kind = Kind.HOOKED
        elif origin.has_ended and not event.exceptions:
            kind = Kind.ENDED
        else:
            kind = Kind.PRINTED
    at = round(event.timestamp.timestamp() * 1_000_000)
    return Told(kind=kind, likeness=likeness, at=at, arrived=report.received_at, run=run)


def _whole(report: Report, ordinal: int) -> Event:
    return understanding.event(report, ordinal, settings.decoded_bytes())


def _row(occurrence: Occurrence, told: Told, event: int, *, is_alone: bool) -> PrintedError:
    return PrintedError(
        event_id=occurrence.entry.event_id,
        project_id=occurrence.key[0],
        kind=told.kind,
        run=told.run,
        name=told.likeness.name,
        likeness=same_error.encode(told.likeness),
        at=told.at,
        arrived=told.arrived,
        event=event,
        is_alone=is_alone,
    )


def renumbered(occurrences: Sequence[Occurrence], first: int) -> list[Occurrence]:
    """The occurrences, numbered on from `first` without a gap."""
    return [replace(each, number=number) for number, each in enumerate(occurrences, first)]
