"""Files understood reports: all rows of a batch, in the caller's one transaction.

A batch is first added up in memory (one row an issue, a tag, an hour), then written in few statements.
An event that is stored already, or is twice in the batch, is filed once.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from app.digest import grouping
from app.digest.entries.entries import Entries
from app.digest.filing import issue_changes, lifecycle_store, one_event
from app.digest.filing.occurrence import IssueChange, Key, Occurrence
from app.digest.filing.occurrence import rows as occurrence_rows
from app.digest.filing.one_event import Joined, Matched
from app.happenings import Happening, Kind
from app.model import Report
from app.notifications import outbox
from app.store.database import Connection
from app.store.inbox.counts import rates, recent_counts, tallies
from app.store.inbox.counts.recent_counts import BatchCounts
from app.store.inbox.events import callers, event_rows, report_contents
from app.store.inbox.events.callers import Calls
from app.store.inbox.indexes import event_ids, event_times
from app.store.inbox.issues import issue_keys, projects
from app.store.inbox.lists import events
from app.store.inbox.triage import history, releases
from app.store.notices.notice import Notice
from app.store.queue import report_queue
from app.store.revision import bump

HOUR = rates.HOUR


class FiledEvent(Struct, frozen=True):
    """A stored event, the `ordinal`th of its report, its number, and what it meant for its issue."""

    report: Report
    ordinal: int
    issue_id: int
    is_new_issue: bool
    is_regression: bool
    number: int


class Outcome(Struct, frozen=True):
    """What filing a batch did, and the notices about it. `revision` is None when no issue changed.

    `joined` are the pairs of reports of one error that became one event.
    """

    filed: tuple[FiledEvent, ...] = ()
    revision: int | None = None
    notices: tuple[Notice, ...] = ()
    joined: tuple[Joined, ...] = ()


def file(connection: Connection, batch: Sequence[Entries], now: int) -> Outcome:
    """Write every effect of `batch`; the caller moves the cursor in the same transaction.

    `now`, in microseconds, only decides when notices are due.
    """
    callers.count(connection, _calls(batch))
    numbers = _project_numbers(connection, batch)
    matched = one_event.match(connection, _new_occurrences(connection, batch, numbers))
    occurrences = one_event.renumbered(matched.new, events.last(connection) + 1)
    _add_contents(connection, batch, numbers)
    # Read before the reports that made no event are removed.
    joined = _joined(connection, matched, occurrences)
    _remove_empty_reports(connection, batch, [*occurrences, *(each.occurrence for each in matched.in_place)])
    if not occurrences:
        return _without_new_events(connection, matched, joined)
    issues = issue_changes.changes(connection, occurrences)
    changes = list({change.id: change for change in issues.values()}.values())
    happenings = lifecycle_store.advance(connection, changes)
    _count_users(connection, changes)
    _count_events(connection, changes)
    revision = bump(connection)
    issue_changes.write(connection, issues, revision)
    _write_events(connection, occurrences, issues, now)
    _write_matched(connection, matched, occurrences, issues, revision)
    history.record(connection, happenings)
    notices = outbox.enter(connection, happenings, now)
    return Outcome(_filed(occurrences, issues, happenings), revision, notices, joined)


def _numbers(matched: Matched, occurrences: Sequence[Occurrence]) -> dict[int, int]:
    """The numbers of the events of a batch, by those that they had before it was known which are events."""
    return {
        before.number: occurrence.number for before, occurrence in zip(matched.new, occurrences, strict=True)
    }


def _joined(
    connection: Connection, matched: Matched, occurrences: Sequence[Occurrence]
) -> tuple[Joined, ...]:
    if not (matched.absorbed or matched.in_place):
        return ()
    return tuple(one_event.joined(connection, matched, _numbers(matched, occurrences)))


def _without_new_events(connection: Connection, matched: Matched, joined: tuple[Joined, ...]) -> Outcome:
    if not (matched.absorbed or matched.in_place):
        return Outcome()
    revision = bump(connection)
    _write_matched(connection, matched, (), {}, revision)
    return Outcome(revision=revision, joined=joined)


def _write_matched(
    connection: Connection,
    matched: Matched,
    occurrences: Sequence[Occurrence],
    issues: dict[Key, IssueChange],
    revision: int,
) -> None:
    if not (matched.told or matched.in_place):
        return
    one_event.write(connection, matched, _numbers(matched, occurrences), revision)
    found_by = one_event.keys(matched, {key: change.id for key, change in issues.items()})
    issue_keys.add(connection, found_by, grouping.CURRENT.ALGORITHM)
    seen = {
        (each.occurrence.key[0], release): each.occurrence.report.received_at
        for each in matched.in_place
        if (release := each.occurrence.entry.release)
    }
    releases.record(connection, seen)


def _calls(batch: Sequence[Entries]) -> list[Calls]:
    """What each client sent. Its clock's skew is taken from its least delayed event."""
    calls: dict[tuple[str, str, str, str], Calls] = {}
    for entries in batch:
        if not entries.is_first:
            continue
        client, version = entries.caller
        project = entries.events[0].project if entries.events else entries.project
        key = (project, entries.report.protocol, client, version)
        at, skew, reports = entries.report.received_at, entries.skew, 1
        before = calls.get(key)
        if before is not None:
            reports += before.reports
            skew = max((known for known in (before.skew, skew) if known is not None), default=None)
        calls[key] = Calls(*key, before.first_seen if before else at, at, reports, skew)
    return list(calls.values())


def _project_numbers(connection: Connection, batch: Sequence[Entries]) -> dict[str, int]:
    names = {entry.project for entries in batch for entry in entries.events}
    names |= {entries.project for entries in batch if entries.files or entries.feedback or entries.others}
    return projects.numbers(connection, names, batch[0].report.received_at if batch else 0)


def _new_occurrences(
    connection: Connection, batch: Sequence[Entries], numbers: dict[str, int]
) -> list[Occurrence]:
    seen = event_ids.stored(connection, [entry.event_id for entries in batch for entry in entries.events])
    seen |= one_event.known(
        connection, ((entry.event_id, entries.report) for entries in batch for entry in entries.events)
    )
    number = events.last(connection)
    occurrences = []
    for entries in batch:
        for entry in entries.events:
            project_id = numbers[entry.project]
            if (entry.event_id, project_id) in seen:
                continue
            seen.add((entry.event_id, project_id))
            number += 1
            occurrences.append(Occurrence(entry, (project_id, entry.key), entries.report, number))
    return occurrences


def _add_contents(connection: Connection, batch: Sequence[Entries], numbers: dict[str, int]) -> None:
    """Store what is not an event: files, feedback, and counts of other items."""
    files, feedback, others = [], [], Counter[tuple[int, str]]()
    for entries in batch:
        if not (entries.files or entries.feedback or entries.others):
            continue
        report_id, project_id = entries.report.id, numbers[entries.project]
        for n, file in enumerate(entries.files):
            about = (report_id, n, project_id, file.event_id)
            files.append((*about, file.filename, file.content_type, file.size))
        for n, (event_id, sent) in enumerate(entries.feedback):
            feedback.append((report_id, n, project_id, event_id, sent.name, sent.email, sent.comments))
        for kind, count in entries.others.items():
            others[project_id, kind] += count
    report_contents.add(connection, files, feedback, others)


def _remove_empty_reports(
    connection: Connection, batch: Sequence[Entries], occurrences: Sequence[Occurrence]
) -> None:
    used = {occurrence.report.id for occurrence in occurrences}
    used |= {entries.report.id for entries in batch if entries.files or entries.feedback}
    used |= {entries.report.id for entries in batch if not entries.is_last}
    used |= _used_before(connection, batch)
    empty = [entries.report.id for entries in batch if entries.report.id not in used]
    report_queue.settle(connection, empty)
    report_queue.remove(connection, empty)


def _used_before(connection: Connection, batch: Sequence[Entries]) -> set[int]:
    """The reports whose last slice is in the batch and of which something is stored already."""
    ending = [entries.report.id for entries in batch if entries.is_last and not entries.is_first]
    return {report_id for report_id in ending if not report_contents.is_empty(connection, report_id)}


def _count_users(connection: Connection, changes: Sequence[IssueChange]) -> None:
    met = {change.id: {each.entry.user for each in change.arrivals if each.entry.user} for change in changes}
    known = tallies.known_users(connection, {(issue, user) for issue in met for user in met[issue]})
    counted = Counter(issue for issue, _user in known)
    for change in changes:
        change.users = len(met[change.id]) - counted[change.id]


def _count_events(connection: Connection, changes: Sequence[IssueChange]) -> None:
    newest = recent_counts.append(connection, [_counts(change) for change in changes])
    for change in changes:
        change.newest_counts = newest[change.id]


def _counts(change: IssueChange) -> BatchCounts:
    """What a batch adds to an issue's counters. Events of a flood have the same tags all at once."""
    tags = Counter[tuple[str, str]]()
    for pairs, number in Counter(each.entry.tags for each in change.arrivals).items():
        for pair in pairs:
            tags[pair] += number
    hours = Counter(each.report.received_at // HOUR for each in change.arrivals)
    users = {each.entry.user for each in change.arrivals if each.entry.user}
    tag_counts = [(*pair, count) for pair, count in tags.items()]
    return BatchCounts(change.id, tag_counts, list(hours.items()), users)


def _write_events(
    connection: Connection, occurrences: Sequence[Occurrence], issues: dict[Key, IssueChange], now: int
) -> None:
    rows, search_rows = [], []
    for occurrence in occurrences:
        row, search_row = occurrence_rows(occurrence, occurrence.number, issues[occurrence.key].id)
        rows.append(row)
        search_rows.append(search_row)
    event_rows.add(connection, rows, search_rows)
    arrivals = ((each.report.received_at, each.number) for each in occurrences)
    event_times.record(connection, arrivals, now)


def _filed(
    occurrences: Sequence[Occurrence], issues: dict[Key, IssueChange], happenings: Sequence[Happening]
) -> tuple[FiledEvent, ...]:
    """Each new event; of an issue's events, the one that made it new or regressed says so."""
    new = {(each.issue_id, each.event_id) for each in happenings if each.kind is Kind.NEW}
    back = {(each.issue_id, each.event_id) for each in happenings if each.kind is Kind.REGRESSED}
    filed = []
    for occurrence in occurrences:
        issue_id = issues[occurrence.key].id
        news = (issue_id, occurrence.entry.event_id)
        filed.append(
            FiledEvent(
                occurrence.report,
                occurrence.entry.ordinal,
                issue_id,
                news in new,
                news in back,
                occurrence.number,
            )
        )
    return tuple(filed)
