"""Which stored events an issue or a project has, by number. Reads the table `events`, writes nothing."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, select

from app.store import schema as t
from app.store.database import Connection
from app.store.inbox import events_by_issue


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
    numbers = _numbers(project, issue).subquery()
    return int(connection.execute(select(func.count()).select_from(numbers)).scalar_one())


def newest(
    connection: Connection, limit: int, *, project: str | None = None, issue: int | None = None
) -> list[int]:
    """The numbers of the newest events of the same, the newest first."""
    query = _numbers(project, issue)
    return list(connection.execute(query.order_by(query.selected_columns[0].desc()).limit(limit)).scalars())


def of_issue(connection: Connection, issue: int) -> list[int]:
    """The numbers of all stored events of an issue, the oldest first."""
    query = events_by_issue.numbers(issue).order_by(events_by_issue.ENTRIES.c.event)
    return list(connection.execute(query).scalars())


def has_any(connection: Connection, issue: int) -> bool:
    """Whether an event of this issue is stored."""
    return connection.execute(events_by_issue.numbers(issue).limit(1)).first() is not None


def between(connection: Connection, issues: Sequence[int], after: int, through: int, limit: int) -> list[int]:
    """The first `limit` events of these issues with numbers above `after`, up to `through`."""
    entries = events_by_issue.ENTRIES.c
    query = (
        select(entries.event)
        .where(entries.issue_id.in_(issues), entries.event > after)
        .where(entries.event <= through)
        .order_by(entries.event)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def stored(connection: Connection, numbers: Sequence[int]) -> list[StoredEvent]:
    """Those of these events that are stored, by number."""
    columns = t.events.c
    rows = connection.execute(
        select(columns.id, columns.issue_id, columns.project_id, columns.report_id, columns.ordinal)
        .where(columns.id.in_(numbers))
        .order_by(columns.id)
    )
    return [StoredEvent(*row) for row in rows]


def _numbers(project: str | None, issue: int | None) -> Select[Any]:
    if issue is not None:
        return events_by_issue.numbers(issue)
    query = select(t.events.c.id)
    if project is not None:
        named = select(t.projects.c.id).where(t.projects.c.name == project)
        return query.where(t.events.c.project_id.in_(named))
    return query
