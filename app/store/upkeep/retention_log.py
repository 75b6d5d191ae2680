"""The table `retention_log`, one row a day: issues that retention removed whole to keep the size budget."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, func, select

from app.model import from_micros
from app.store import bulk
from app.store.schema import retention_log

DAYS_LISTED = 90
_DAY = 86_400_000_000


class RemovedIssues(Struct, frozen=True, kw_only=True):
    """How many whole issues went on the day that began at `day` (UTC), and how many events with them."""

    day: datetime
    issues: int
    events: int


def note(connection: Connection, at: int, events: int, issues: int) -> None:
    """Count what a run removed at `at`, in microseconds. Rows older than three months go."""
    day = at // _DAY * _DAY
    bulk.add_missing(connection, retention_log, [(day, 0, 0)])
    connection.execute(
        retention_log.update()
        .where(retention_log.c.day == day)
        .values(events=retention_log.c.events + events, issues=retention_log.c.issues + issues)
    )
    newest = select(func.max(retention_log.c.day)).scalar_subquery()
    connection.execute(delete(retention_log).where(retention_log.c.day <= newest - DAYS_LISTED * _DAY))


def listed(connection: Connection) -> list[RemovedIssues]:
    """Every day on which issues went, the newest first."""
    rows = connection.execute(select(*retention_log.c).order_by(retention_log.c.day.desc()))
    return [RemovedIssues(day=from_micros(row.day), issues=row.issues, events=row.events) for row in rows]
