"""Files understood reports: all rows of a batch, in the caller's one transaction.

A batch is first added up in memory (one row an issue, a tag, an hour), then written in few statements.
An event that is there already, or twice in the batch, is filed once.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select, update

from app.digest import grouping, index_terms
from app.model import Event, ExceptionInfo, IssueState, Report, to_micros
from app.protocols.delivery import Delivery
from app.store import bulk, inbox, sqlite
from app.store import schema as t
from app.store.revision import bump

HOUR = 3_600_000_000

Key = tuple[int, str]  # (project, grouping key)


class Understood(Struct, frozen=True):
    """A report, what it delivered, and the grouping key of each of its events."""

    report: Report
    delivery: Delivery
    keys: tuple[str, ...]


class Filed(Struct, frozen=True):
    """An event that is now in the store, and what became of its issue."""

    event: Event
    issue_id: int
    is_new_issue: bool
    is_regression: bool


class Outcome(Struct, frozen=True):
    """What filing a batch did. `revision` is None when no issue changed."""

    filed: tuple[Filed, ...] = ()
    revision: int | None = None


class _Occurrence(Struct, frozen=True):
    """One new event on its way into the store."""

    event: Event
    key: Key
    report: Report
    ordinal: int
    terms: index_terms.Terms


class _IssueChange(Struct):
    """What a batch does to one issue; `latest` is the event whose words the list shows."""

    id: int
    project_id: int
    state: IssueState
    is_new: bool
    is_regression: bool
    first_seen: int
    last_seen: int
    latest: Event
    count: int = 0
    users: int = 0


def prepare(report: Report, delivery: Delivery) -> Understood:
    """Group the events of a report: work that needs no transaction."""
    return Understood(report, delivery, tuple(grouping.group(event)[0] for event in delivery.events))


def file(connection: Connection, batch: Sequence[Understood]) -> Outcome:
    """Write every effect of `batch`; the caller moves the cursor in the same transaction."""
    projects = _project_ids(connection, batch)
    occurrences = _new_occurrences(connection, batch, projects)
    _add_companions(connection, batch, projects)
    _remove_empty_reports(connection, batch, occurrences)
    if not occurrences:
        return Outcome()
    issues = _issue_changes(connection, occurrences)
    _count_users(connection, occurrences, issues)
    revision = bump(connection)
    _write_issues(connection, issues, revision)
    bulk.add_missing(connection, t.issue_keys, [(*key, issue.id) for key, issue in issues.items()])
    _write_events(connection, occurrences, issues)
    return Outcome(_filed(occurrences, issues), revision)


def _project_ids(connection: Connection, batch: Sequence[Understood]) -> dict[str, int]:
    names = {understood.report.project for understood in batch}
    wanted = select(t.projects.c.name, t.projects.c.id).where(t.projects.c.name.in_(names))
    known = {row.name: row.id for row in connection.execute(wanted)}
    missing = sorted(names - known.keys())
    if missing:
        last = connection.execute(select(func.max(t.projects.c.id))).scalar() or 0
        now = batch[0].report.received_at
        fresh = {name: last + n for n, name in enumerate(missing, 1)}
        bulk.add(connection, t.projects, [(project_id, name, now) for name, project_id in fresh.items()])
        known |= fresh
    return known


def _new_occurrences(
    connection: Connection, batch: Sequence[Understood], projects: dict[str, int]
) -> list[_Occurrence]:
    ids = [event.event_id for understood in batch for event in understood.delivery.events]
    there = select(t.events.c.event_id, t.events.c.project_id).where(t.events.c.event_id.in_(ids))
    seen = {(event_id, project_id) for event_id, project_id in connection.execute(there)} if ids else set()
    occurrences = []
    for understood in batch:
        project_id = projects[understood.report.project]
        for ordinal, event in enumerate(understood.delivery.events):
            if (event.event_id, project_id) in seen:
                continue
            seen.add((event.event_id, project_id))
            key = (project_id, understood.keys[ordinal])
            terms = index_terms.of(event)
            occurrences.append(_Occurrence(event, key, understood.report, ordinal, terms))
    return occurrences


def _add_companions(connection: Connection, batch: Sequence[Understood], projects: dict[str, int]) -> None:
    """What comes beside events: files, feedback, and the kinds that are only counted."""
    files, words, others = [], [], Counter[tuple[int, str]]()
    for understood in batch:
        report, delivery = understood.report, understood.delivery
        project_id = projects[report.project]
        for n, item in enumerate(delivery.attachments):
            info = item.info
            files.append(
                (report.id, n, project_id, item.event_id, info.filename, info.content_type, info.size)
            )
        for n, said in enumerate(delivery.feedback):
            note = said.feedback
            words.append((report.id, n, project_id, said.event_id, note.name, note.email, note.comments))
        for kind, count in delivery.others.items():
            others[project_id, kind] += count
    bulk.add_missing(connection, t.attachments, files)
    bulk.add_missing(connection, t.feedback, words)
    bulk.count_up(connection, t.item_counts, [(*key, count) for key, count in others.items()])


def _remove_empty_reports(
    connection: Connection, batch: Sequence[Understood], occurrences: Sequence[_Occurrence]
) -> None:
    used = {occurrence.report.id for occurrence in occurrences}
    for understood in batch:
        if understood.delivery.attachments or understood.delivery.feedback:
            used.add(understood.report.id)
    empty = [understood.report.id for understood in batch if understood.report.id not in used]
    inbox.settle(connection, empty)
    inbox.remove(connection, empty)


def _issue_changes(connection: Connection, occurrences: Sequence[_Occurrence]) -> dict[Key, _IssueChange]:
    """What happens to each issue. An issue's time is that of arrival: clocks of clients differ."""
    keys = {occurrence.key[1] for occurrence in occurrences}
    known = connection.execute(
        select(t.issue_keys, t.issues.c.state)
        .join_from(t.issue_keys, t.issues)
        .where(t.issue_keys.c.key.in_(keys))
    )
    found = {(row.project_id, row.key): (row.issue_id, IssueState(row.state)) for row in known}
    last_id = connection.execute(select(func.max(t.issues.c.id))).scalar() or 0
    by_id: dict[int, _IssueChange] = {}
    changes: dict[Key, _IssueChange] = {}
    for occurrence in occurrences:
        key, at = occurrence.key, occurrence.report.received_at
        change = changes.get(key)
        if change is None:
            is_new = key not in found
            last_id += is_new
            issue_id, state = found.get(key, (last_id, IssueState.OPEN))
            regressed = state == IssueState.RESOLVED
            change = by_id.get(issue_id) or _IssueChange(
                id=issue_id,
                project_id=key[0],
                state=IssueState.REGRESSED if regressed else state,
                is_new=is_new,
                is_regression=regressed,
                first_seen=at,
                last_seen=at,
                latest=occurrence.event,
            )
            changes[key] = by_id[issue_id] = change
        change.count += 1
        change.last_seen = max(change.last_seen, at)
        change.latest = occurrence.event
    return changes


def _count_users(
    connection: Connection, occurrences: Sequence[_Occurrence], issues: dict[Key, _IssueChange]
) -> None:
    pairs = {(issues[o.key].id, o.terms.user): issues[o.key] for o in occurrences if o.terms.user}
    if not pairs:
        return
    there = connection.execute(
        select(t.issue_users.c.issue_id, t.issue_users.c.user).where(
            t.issue_users.c.issue_id.in_({issue_id for issue_id, _user in pairs}),
            t.issue_users.c.user.in_({user for _issue, user in pairs}),
        )
    )
    for issue_id, user in there:
        pairs.pop((issue_id, user), None)
    for issue in pairs.values():
        issue.users += 1


def _write_issues(connection: Connection, issues: dict[Key, _IssueChange], revision: int) -> None:
    fresh, known = [], []
    for change in {change.id: change for change in issues.values()}.values():
        event = change.latest
        raised = event.exceptions[-1] if event.exceptions else ExceptionInfo()
        if change.is_new:
            words = (event.title, raised.type, raised.value, event.culprit, event.level)
            numbers = (change.count, change.users, change.first_seen, change.last_seen, revision)
            fresh.append((change.id, change.project_id, *words, change.state, True, *numbers))
        else:
            known.append(
                {
                    "issue": change.id,
                    "new_title": event.title,
                    "new_type": raised.type,
                    "new_value": raised.value,
                    "new_culprit": event.culprit,
                    "new_level": event.level,
                    "new_state": change.state,
                    "new_unread": change.state != IssueState.MUTED,
                    "more": change.count,
                    "more_users": change.users,
                    "seen": change.last_seen,
                    "new_revision": revision,
                }
            )
    bulk.add(connection, t.issues, fresh)
    if known:
        connection.execute(_UPDATE_ISSUE, known)


_UPDATE_ISSUE = (
    update(t.issues)
    .where(t.issues.c.id == bindparam("issue"))
    .values(
        title=bindparam("new_title"),
        type=bindparam("new_type"),
        value=bindparam("new_value"),
        culprit=bindparam("new_culprit"),
        level=bindparam("new_level"),
        state=bindparam("new_state"),
        unread=t.issues.c.unread | bindparam("new_unread"),
        count=t.issues.c.count + bindparam("more"),
        users=t.issues.c.users + bindparam("more_users"),
        last_seen=bindparam("seen"),
        revision=bindparam("new_revision"),
    )
)


def _write_events(
    connection: Connection, occurrences: Sequence[_Occurrence], issues: dict[Key, _IssueChange]
) -> None:
    last_id = connection.execute(select(func.max(t.events.c.id))).scalar() or 0
    rows, words = [], []
    tags, hours, users = Counter[tuple[int, str, str]](), Counter[tuple[int, int]](), set[tuple[int, str]]()
    for pk, occurrence in enumerate(occurrences, last_id + 1):
        event, report, terms = occurrence.event, occurrence.report, occurrence.terms
        issue_id = issues[occurrence.key].id
        where = (occurrence.key[0], issue_id, report.id, occurrence.ordinal)
        rows.append((pk, event.event_id, *where, to_micros(event.timestamp), event.level, event.title))
        words.append((pk, terms.words, " ".join(f"{key} {value}" for key, value in terms.tags)))
        tags.update((issue_id, key, value) for key, value in terms.tags)
        hours[issue_id, report.received_at // HOUR] += 1
        if terms.user:
            users.add((issue_id, terms.user))
    bulk.add(connection, t.events, rows)
    bulk.count_up(connection, t.issue_tags, [(*key, count) for key, count in tags.items()])
    bulk.count_up(connection, t.issue_hours, [(*key, count) for key, count in hours.items()])
    bulk.add_missing(connection, t.issue_users, list(users))
    sqlite.index_events(connection, words)


def _filed(occurrences: Sequence[_Occurrence], issues: dict[Key, _IssueChange]) -> tuple[Filed, ...]:
    """An issue's news is told with its first event of the batch."""
    told: set[int] = set()
    filed = []
    for occurrence in occurrences:
        issue = issues[occurrence.key]
        is_first = issue.id not in told
        told.add(issue.id)
        filed.append(
            Filed(occurrence.event, issue.id, is_first and issue.is_new, is_first and issue.is_regression)
        )
    return tuple(filed)
