"""Files understood reports: all rows of a batch, in the caller's one transaction.

A batch is first added up in memory (one row an issue, a tag, an hour), then written in few statements.
An event that is there already, or twice in the batch, is filed once.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select, update

from app.digest import grouping
from app.digest.entries import Entries, Entry
from app.model import IssueState, Report
from app.notifications.notice import Notice
from app.store import bulk, callers, inbox, sqlite
from app.store import schema as t
from app.store.callers import Calls
from app.store.revision import bump

HOUR = 3_600_000_000

Key = tuple[int, str]  # (project, grouping key)


class Filed(Struct, frozen=True):
    """An event that is now in the store: the report's `ordinal`th; and what became of its issue."""

    report: Report
    ordinal: int
    issue_id: int
    is_new_issue: bool
    is_regression: bool


class Outcome(Struct, frozen=True):
    """What filing a batch did, and who is to be told of it. `revision` is None when no issue changed."""

    filed: tuple[Filed, ...] = ()
    revision: int | None = None
    notices: tuple[Notice, ...] = ()


class _Occurrence(Struct, frozen=True):
    """An entry that is not in the store yet, with where it comes from and where it belongs."""

    entry: Entry
    key: Key
    report: Report
    ordinal: int


class _IssueChange(Struct):
    """What a batch does to one issue; the list shows the words of its `latest` event."""

    id: int
    project_id: int
    state: IssueState
    is_new: bool
    is_regression: bool
    first_seen: int
    last_seen: int
    latest: Entry
    count: int = 0
    users: int = 0


def file(connection: Connection, batch: Sequence[Entries]) -> Outcome:
    """Write every effect of `batch`; the caller moves the cursor in the same transaction."""
    callers.count(connection, _calls(batch))
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
    bulk.add_missing(connection, t.issue_keys, [(*key, issue.id, grouping.CURRENT.ALGORITHM) for key, issue in issues.items()])
    _write_events(connection, occurrences, issues)
    return Outcome(_filed(occurrences, issues), revision)


def _calls(batch: Sequence[Entries]) -> list[Calls]:
    """What each client sent. Of its clock the least delayed event tells most."""
    calls: dict[tuple[str, str, str, str], Calls] = {}
    for entries in batch:
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


def _project_ids(connection: Connection, batch: Sequence[Entries]) -> dict[str, int]:
    names = {entry.project for entries in batch for entry in entries.events}
    names |= {entries.project for entries in batch if entries.files or entries.feedback or entries.others}
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
    connection: Connection, batch: Sequence[Entries], projects: dict[str, int]
) -> list[_Occurrence]:
    ids = [entry.event_id for entries in batch for entry in entries.events]
    there = select(t.events.c.event_id, t.events.c.project_id).where(t.events.c.event_id.in_(ids))
    seen = {(event_id, project_id) for event_id, project_id in connection.execute(there)} if ids else set()
    occurrences = []
    for entries in batch:
        for entry in entries.events:
            project_id = projects[entry.project]
            if (entry.event_id, project_id) in seen:
                continue
            seen.add((entry.event_id, project_id))
            occurrences.append(_Occurrence(entry, (project_id, entry.key), entries.report, entry.ordinal))
    return occurrences


def _add_companions(connection: Connection, batch: Sequence[Entries], projects: dict[str, int]) -> None:
    """What comes beside events: files, feedback, and the kinds that are only counted."""
    files, words, others = [], [], Counter[tuple[int, str]]()
    for entries in batch:
        if not (entries.files or entries.feedback or entries.others):
            continue
        report_id, project_id = entries.report.id, projects[entries.project]
        for n, file in enumerate(entries.files):
            about = (report_id, n, project_id, file.event_id)
            files.append((*about, file.filename, file.content_type, file.size))
        for n, (event_id, said) in enumerate(entries.feedback):
            words.append((report_id, n, project_id, event_id, said.name, said.email, said.comments))
        for kind, count in entries.others.items():
            others[project_id, kind] += count
    bulk.add_missing(connection, t.attachments, files)
    bulk.add_missing(connection, t.feedback, words)
    bulk.count_up(connection, t.item_counts, [(*key, count) for key, count in others.items()])


def _remove_empty_reports(
    connection: Connection, batch: Sequence[Entries], occurrences: Sequence[_Occurrence]
) -> None:
    used = {occurrence.report.id for occurrence in occurrences}
    used |= {entries.report.id for entries in batch if entries.files or entries.feedback}
    empty = [entries.report.id for entries in batch if entries.report.id not in used]
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
                latest=occurrence.entry,
            )
            changes[key] = by_id[issue_id] = change
        change.count += 1
        change.last_seen = max(change.last_seen, at)
        change.latest = occurrence.entry
    return changes


def _count_users(
    connection: Connection, occurrences: Sequence[_Occurrence], issues: dict[Key, _IssueChange]
) -> None:
    pairs = {(issues[o.key].id, o.entry.user): issues[o.key] for o in occurrences if o.entry.user}
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
        latest = change.latest
        if change.is_new:
            words = (latest.title, latest.type, latest.value, latest.culprit, latest.level)
            numbers = (change.count, change.users, change.first_seen, change.last_seen, revision)
            fresh.append((change.id, change.project_id, *words, change.state, True, *numbers, *(5 * (None,))))
        else:
            known.append(
                {
                    "issue": change.id,
                    "new_title": latest.title,
                    "new_type": latest.type,
                    "new_value": latest.value,
                    "new_culprit": latest.culprit,
                    "new_level": latest.level,
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
        entry, report = occurrence.entry, occurrence.report
        issue_id = issues[occurrence.key].id
        where = (occurrence.key[0], issue_id, report.id, occurrence.ordinal)
        rows.append((pk, entry.event_id, *where, entry.timestamp, entry.level, entry.title))
        words.append((pk, entry.words, " ".join(f"{key} {value}" for key, value in entry.tags)))
        tags.update((issue_id, key, value) for key, value in entry.tags)
        hours[issue_id, report.received_at // HOUR] += 1
        if entry.user:
            users.add((issue_id, entry.user))
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
        is_new, is_regression = is_first and issue.is_new, is_first and issue.is_regression
        filed.append(Filed(occurrence.report, occurrence.ordinal, issue.id, is_new, is_regression))
    return tuple(filed)
