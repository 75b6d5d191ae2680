"""The queue, to be looked at: how much waits, what failed and why, what was refused at the door."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.model import from_micros
from app.store import inbox, sqlite
from app.store import schema as t


class QueueStatus(Struct, frozen=True, kw_only=True):
    """The engine's counters; `received` equals pending + digested + dead."""

    received: int
    pending: int
    digested: int
    dead: int
    rejected: int
    issues: int
    events: int
    db_bytes: int


class Setback(Struct, frozen=True, kw_only=True):
    """A report that failed: waiting for its next try at `due_at`, or dead."""

    report_id: int
    received_at: datetime
    project: str
    protocol: str
    attempts: int
    due_at: datetime | None
    dead: bool
    error: str
    traceback: str


class Refusal(Struct, frozen=True, kw_only=True):
    """A request that was turned away, with the first kilobytes of what it brought."""

    id: int
    at: datetime
    status: int
    reason: str
    remote: str
    head: str
    body: bytes


def status(connection: Connection) -> QueueStatus:
    """The counters, from one snapshot."""
    received, through = inbox.last_number(connection), inbox.cursor(connection)
    waiting = _count(connection, t.setbacks.c.dead.is_(False))
    dead = _count(connection, t.setbacks.c.dead.is_(True))
    return QueueStatus(
        received=received,
        pending=received - through + waiting,
        digested=through - waiting - dead,
        dead=dead,
        rejected=connection.execute(select(t.state.c.rejected)).scalar_one(),
        issues=connection.execute(select(func.count()).select_from(t.issues)).scalar_one(),
        events=connection.execute(select(func.count()).select_from(t.events)).scalar_one(),
        db_bytes=sqlite.used_bytes(connection),
    )


def setbacks(connection: Connection, limit: int = 200) -> list[Setback]:
    """What failed, the newest first."""
    rows = connection.execute(
        select(*t.setbacks.c, t.reports.c.received_at, t.reports.c.project, t.reports.c.protocol)
        .join_from(t.setbacks, t.reports)
        .order_by(t.setbacks.c.report_id.desc())
        .limit(limit)
    )
    return [
        Setback(
            report_id=row.report_id,
            received_at=from_micros(row.received_at),
            project=row.project,
            protocol=row.protocol,
            attempts=row.attempts,
            due_at=None if row.due_at is None else from_micros(row.due_at),
            dead=row.dead,
            error=row.error,
            traceback=row.traceback,
        )
        for row in rows
    ]


def refusals(connection: Connection, limit: int = 200) -> list[Refusal]:
    """What was refused, the newest first."""
    rows = connection.execute(select(*t.refusals.c).order_by(t.refusals.c.id.desc()).limit(limit))
    return [
        Refusal(
            id=row.id,
            at=from_micros(row.at),
            status=row.status,
            reason=row.reason,
            remote=row.remote,
            head=row.head.decode("latin-1"),
            body=row.body,
        )
        for row in rows
    ]


def _count(connection: Connection, condition: object) -> int:
    return connection.execute(select(func.count()).select_from(t.setbacks).where(condition)).scalar_one()  # type: ignore[arg-type]
