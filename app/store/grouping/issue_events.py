"""Which stored events an issue or a project has, by number. Reads the table `events`, writes nothing."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, func, select

from app.store import schema as t
from app.store.database import Connection


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
    query = _numbers(project, issue).order_by(t.events.c.id.desc()).limit(limit)
    return list(connection.execute(query).scalars())


def of_issue(connection: Connection, issue: int) -> list[int]:
    """The numbers of all stored events of an issue, the oldest first."""
    query = select(t.events.c.id).where(t.events.c.issue_id == issue).order_by(t.events.c.id)
    return list(connection.execute(query).scalars())


def has_any(connection: Connection, issue: int) -> bool:
    """Whether an event of this issue is stored."""
    query = select(t.events.c.id).where(t.events.c.issue_id == issue).limit(1)
    return connection.execute(query).first() is not None


def between(connection: Connection, issues: Sequence[int], after: int, through: int, limit: int) -> list[int]:
    """The first `limit` events of these issues with numbers above `after`, up to `through`."""
    events = t.events.c
    query = (
        select(events.id)
        .where(events.issue_id.in_(issues), events.id > after)
        .where(events.id <= through)
        .order_by(events.id)
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
    query = select(t.events.c.id)
    if issue is not None:
        return query.where(t.events.c.issue_id == issue)
    if project is not None:
        named = select(t.projects.c.id).where(t.projects.c.name == project)
        return query.where(t.events.c.project_id.in_(named))
    return query
