"""Which stored events an issue or a project has, by number. Reads the table `events`, writes nothing."""

from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import chain
from typing import Any

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from app.store import schema as t
from app.store import sqlite
from app.store.database import Connection
from app.store.inbox.counts import event_counts
from app.store.inbox.indexes import events_by_issue
from app.store.inbox.issues import projects
from app.store.prepared import Prepared

# For so many of a project's events, so many times as many of the newest of all are looked at first.
LOOKED_AT = 10
# SQLite's own word for no limit.
ALL = -1
# Above every event's number.
NEVER_REACHED = 1 << 62
_ENTRIES = events_by_issue.ENTRIES


class StoredEvent(Struct, frozen=True):
    """The issue and the project of an event, and its report with its place (`ordinal`) there."""

    id: int
    issue_id: int
    project_id: int
    report_id: int
    ordinal: int


def last_number(connection: Connection) -> int:
    """The number of the newest event; 0 before the first."""
    return int(connection.execute(select(func.max(t.events.c.id))).scalar() or 0)


def count(connection: Connection, *, project: str | None = None, issue: int | None = None) -> int:
    """How many events are stored of an issue, or else of a project (by name), or else in all."""
    if issue is not None:
        return event_counts.stored(connection, [issue])
    if project is not None:
        return event_counts.stored(connection, _issues_of(connection, project))
    return event_counts.stored_in_all(connection)


def newest(
    connection: Connection, limit: int, *, project: str | None = None, issue: int | None = None
) -> list[int]:
    """The numbers of the newest events of the same, the newest first."""
    if issue is not None:
        return _values(_OF_ISSUE.rows(connection, issue=issue, most=limit))
    if project is None:
        return _values(_OF_ALL.rows(connection, most=limit))
    # Of a project with little, the newest events may be anywhere: its issues lead to them.
    after = last_number(connection) - LOOKED_AT * limit
    found = _values(_OF_PROJECT.rows(connection, project=project, after=after, most=limit))
    if len(found) == limit or after <= 0:
        return found
    given = sqlite.values_of(_issues_of(connection, project))
    entries = (event for query in _OF_ISSUES for (event,) in query.rows(connection, issues=given))
    return nlargest(limit, entries)


def before(connection: Connection, issue: int, number: int | None, limit: int) -> list[int]:
    """The numbers of the issue's newest events below `number` (None: of all), the newest first."""
    return _values(_BEFORE.rows(connection, issue=issue, before=number or NEVER_REACHED, most=limit))


def of_issue(connection: Connection, issue: int) -> list[int]:
    """The numbers of all stored events of an issue, the oldest first."""
    return _values(_OF_ISSUE.rows(connection, issue=issue, most=ALL))[::-1]


def has_any(connection: Connection, issue: int) -> bool:
    """Whether an event of this issue is stored."""
    return connection.execute(events_by_issue.numbers(issue).limit(1)).first() is not None


def between(connection: Connection, issues: Sequence[int], after: int, through: int, limit: int) -> list[int]:
    """The first `limit` events of these issues with numbers above `after`, up to `through`."""
    given = {"after": after, "through": through, "most": limit}
    found = (_values(_BETWEEN.rows(connection, issue=issue, **given)) for issue in issues)
    return sorted(chain.from_iterable(found))[:limit]


def _values(rows: Iterable[tuple[Any, ...]]) -> list[int]:
    return [number for (number,) in rows]


def stored(connection: Connection, numbers: Sequence[int]) -> list[StoredEvent]:
    """Those of these events that are stored, by number."""
    return [StoredEvent(*row) for row in _STORED.rows(connection, numbers=sqlite.values_of(numbers))]


def _issues_of(connection: Connection, project: str) -> list[int]:
    """The issues of a project: those that its keys lead to, and those merged into them."""
    found = {issue for (issue,) in _LED_TO.rows(connection, project=project)}
    reached = found
    while reached:
        given = sqlite.values_of(reached)
        reached = {issue for (issue,) in _MERGED_INTO.rows(connection, issues=given)} - found
        found |= reached
    return sorted(found)


_STORED = Prepared(
    select(*(t.events.c[name] for name in StoredEvent.__struct_fields__))
    .where(sqlite.among(t.events.c.id, "numbers"))
    .order_by(t.events.c.id)
)
_LED_TO = Prepared(
    select(t.issue_keys.c.issue_id).where(t.issue_keys.c.project_id.in_(projects.named(bindparam("project"))))
)
_MERGED_INTO = Prepared(select(t.issues.c.id).where(sqlite.among(t.issues.c.merged_into, "issues")))
_OF_PROJECT = Prepared(
    select(t.events.c.id)
    .where(
        t.events.c.project_id.in_(projects.named(bindparam("project"))),
        t.events.c.id > bindparam("after"),
    )
    .order_by(t.events.c.id.desc())
    .limit(bindparam("most"))
)
_OF_ALL = Prepared(select(t.events.c.id).order_by(t.events.c.id.desc()).limit(bindparam("most")))
_OF_ISSUE = Prepared(
    select(_ENTRIES.c.event)
    .where(_ENTRIES.c.issue_id == bindparam("issue"))
    .order_by(_ENTRIES.c.event.desc())
    .limit(bindparam("most"))
)
_BEFORE = Prepared(
    select(_ENTRIES.c.event)
    .where(_ENTRIES.c.issue_id == bindparam("issue"), _ENTRIES.c.event < bindparam("before"))
    .order_by(_ENTRIES.c.event.desc())
    .limit(bindparam("most"))
)
_OF_ISSUES = [
    Prepared(select(table.c.event).where(sqlite.among(table.c.issue_id, "issues")))
    for table in events_by_issue.TABLES
]
_BETWEEN = Prepared(
    select(_ENTRIES.c.event)
    .where(
        _ENTRIES.c.issue_id == bindparam("issue"),
        _ENTRIES.c.event > bindparam("after"),
        _ENTRIES.c.event <= bindparam("through"),
    )
    .order_by(_ENTRIES.c.event)
    .limit(bindparam("most"))
)
