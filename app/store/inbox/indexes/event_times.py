"""Which event was the first to arrive in a minute: events are numbered in that order.

So the issues that had events within a time are found by two numbers, in the entries that each issue has of
its events: without an index of events by time, which every event would write. A row is added with the first
event of a minute alone.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, ScalarSelect, and_, delete, func, or_, select

from app.query.values import Within
from app.store import bulk
from app.store import schema as t
from app.store.inbox.indexes.events_by_issue import TABLES
from app.store.prepared import Prepared

MINUTE = 60_000_000
_HOUR = 60
_AFTER_ALL = 1 << 62


def record(connection: Connection, arrivals: Iterable[tuple[int, int]], now: int) -> None:
    """Record filed events: when each arrived, in microseconds, and its number, in the order of the numbers.

    One that is filed late counts as of the minute whose events it comes with: minutes and numbers grow
    together.
    """
    last = _LAST.value(connection) or 0
    if last > now // MINUTE + _HOUR:
        # The clock was ahead then.
        connection.execute(delete(t.event_minutes).where(t.event_minutes.c.minute > now // MINUTE))
        last = _LAST.value(connection) or 0
    rows = []
    for at, event in arrivals:
        if at // MINUTE > last:
            last = at // MINUTE
            rows.append((last, event))
    bulk.add(connection, t.event_minutes, rows)


def within(times: Within) -> ColumnElement[bool]:
    """The condition on `issues`: it had an event in this time, to the minute.

    Its first and its last event are known exactly. Only where it goes on before and after are there others to
    be looked for.
    """
    first, last = times.first or 0, _AFTER_ALL if times.last is None else times.last
    began, ended = t.issues.c.first_seen, t.issues.c.last_seen
    begin, end = _first_event(first // MINUTE), _first_event(last // MINUTE + 1)
    between = (
        select(table.c.event)
        .where(table.c.issue_id == t.issues.c.id, table.c.event >= begin, table.c.event < end)
        .correlate(t.issues)
        .exists()
        for table in TABLES
    )
    return and_(began <= last, ended >= first, or_(began >= first, ended <= last, *between))


def _first_event(minute: int) -> ColumnElement[int]:
    """The first event that arrived in this minute or later."""
    first: ScalarSelect[int] = (
        select(t.event_minutes.c.event)
        .where(t.event_minutes.c.minute >= minute)
        .order_by(t.event_minutes.c.minute)
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(first, _AFTER_ALL)


_LAST = Prepared(select(func.max(t.event_minutes.c.minute)))
