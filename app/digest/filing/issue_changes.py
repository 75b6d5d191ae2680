"""Finds the issues of a batch by their keys, and writes the changes once their lifecycle is decided."""

from collections.abc import Mapping, Sequence

from app.digest import grouping
from app.digest.filing import older_keys
from app.digest.filing.occurrence import IssueChange, Key, Occurrence
from app.store.database import Connection
from app.store.inbox.issues import issue_keys, issue_rows
from app.store.inbox.issues.issue_rows import IssueStatus, IssueUpdate, KnownIssue


def changes(connection: Connection, occurrences: Sequence[Occurrence]) -> dict[Key, IssueChange]:
    """The change of each issue. Its times are those of arrival, since clients' clocks differ."""
    by_key = issue_keys.issues_of(connection, {occurrence.key for occurrence in occurrences})
    unknown = [occurrence for occurrence in occurrences if occurrence.key not in by_key]
    found = by_key | _known_by_older_keys(connection, unknown) if unknown else by_key
    last_id = issue_rows.last_number(connection)
    by_id: dict[int, IssueChange] = {}
    changes: dict[Key, IssueChange] = {}
    for occurrence in occurrences:
        key, at = occurrence.key, occurrence.report.received_at
        change = changes.get(key)
        if change is None:
            known = found.get(key)
            if known is None:
                last_id += 1
                change = IssueChange(last_id, key[0], None, IssueStatus(), at, at)
            else:
                change = by_id.get(known.id) or _unchanged(known)
            changes[key] = by_id[change.id] = change
            if key not in by_key:
                change.new_keys.append(key)
        change.arrivals.append(occurrence)
        change.last_seen = max(change.last_seen, at)
    return changes


def _known_by_older_keys(connection: Connection, unknown: Sequence[Occurrence]) -> dict[Key, KnownIssue]:
    """The issues of keys that are not stored, by the keys that an older algorithm gives the events."""
    pairs = older_keys.of(connection, unknown)
    known = issue_keys.issues_of(connection, {older for _key, older in pairs})
    return {key: known[older] for key, older in reversed(pairs) if older in known}


def _unchanged(known: KnownIssue) -> IssueChange:
    return IssueChange(
        known.id, known.project_id, known.status, known.status, known.first_seen, known.last_seen
    )


def write(connection: Connection, changes: Mapping[Key, IssueChange], revision: int) -> None:
    """Write the issues, and the keys that they are found by from now on."""
    by_id = {change.id: change for change in changes.values()}
    issue_rows.write(connection, [_update(change) for change in by_id.values()], revision)
    found_by = [(key, change.id) for change in by_id.values() for key in change.new_keys]
    issue_keys.add(connection, found_by, grouping.CURRENT.ALGORITHM)


def _update(change: IssueChange) -> IssueUpdate:
    number, latest = change.arrivals[-1].number, change.arrivals[-1].entry
    return IssueUpdate(
        id=change.id,
        project_id=change.project_id,
        before=change.before,
        after=change.after,
        events=len(change.arrivals),
        users=change.users,
        newest_counts=change.newest_counts,
        first_seen=change.first_seen,
        last_seen=change.last_seen,
        latest=number,
        title=latest.title,
        type=latest.type,
        value=latest.value,
        culprit=latest.culprit,
        level=latest.level,
        place=latest.place,
        environment=latest.environment,
    )
