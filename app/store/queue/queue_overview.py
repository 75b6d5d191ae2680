"""The queue, read for people: how much waits, what failed and why, what was refused."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from app.model import from_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store import sqlite
from app.store.inbox.counts import event_counts
from app.store.queue import refusals as refused
from app.store.queue import report_queue

# The kind under which `item_counts` counts events that a listener dropped.
DROPPED = "dropped"


_LISTED_ISSUES = select(func.coalesce(func.sum(t.issue_counts.c.count), 0))


class QueueCounters(Struct, frozen=True, kw_only=True):
    """How many reports are where, and how many issues there are; received = pending + digested + dead.

    A dead report that was discarded counts as digested: see `dead_letters`.
    """

    received: int
    pending: int
    digested: int
    dead: int
    rejected: int
    issues: int


class QueueStatus(QueueCounters, frozen=True, kw_only=True):
    """The counters, and what the store holds."""

    events: int
    db_bytes: int


class Waiting(Struct, frozen=True, kw_only=True):
    """A report that the digest has not come to yet; `size` is the size of its body as received, in bytes."""

    report_id: int
    received_at: datetime
    project: str
    protocol: str
    size: int


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
    """A request that was refused, with the beginning of its head and body.

    `body_size` is how many bytes its body had, and `kept_size` how many of them are stored; both None for one
    that an older version may have cut. `retries` is how often it was tried again, `is_requested` says that a
    retry is requested.
    """

    id: int
    at: datetime
    status: int
    reason: str
    remote: str
    head: str
    body: bytes
    body_size: int | None = None
    kept_size: int | None = None
    retries: int = 0
    is_requested: bool = False


def counters(connection: Connection) -> QueueCounters:
    """The counters, from one snapshot, in a time that does not depend on how much is stored."""
    received, through = report_queue.last_number(connection), report_queue.cursor(connection)
    remains = t.setbacks.c.discarded_at.is_(None)
    waiting = _count(connection, remains & t.setbacks.c.dead.is_(False))
    dead = _count(connection, remains & t.setbacks.c.dead.is_(True))
    return QueueCounters(
        received=received,
        pending=received - through + waiting,
        digested=through - waiting - dead,
        dead=dead,
        rejected=connection.execute(select(t.state.c.rejected)).scalar_one(),
        issues=int(connection.execute(_LISTED_ISSUES).scalar_one()),
    )


def status(connection: Connection) -> QueueStatus:
    """The counters and what is stored, from one snapshot."""
    return QueueStatus(
        **msgspec.structs.asdict(counters(connection)),
        events=event_counts.stored_in_all(connection),
        db_bytes=sqlite.used_bytes(connection),
    )


def oldest(connection: Connection) -> datetime | None:
    """When the report was received that has been pending longest; None when nothing is pending."""
    reports, setbacks = t.reports.c, t.setbacks.c
    pending = setbacks.dead.is_(False) & setbacks.discarded_at.is_(None)
    failed = select(func.min(reports.received_at)).join_from(t.setbacks, t.reports).where(pending)
    in_line = (
        select(reports.received_at).where(reports.id > report_queue.cursor(connection)).order_by(reports.id)
    )
    times = (connection.execute(failed).scalar(), connection.execute(in_line.limit(1)).scalar())
    return min((from_micros(time) for time in times if time is not None), default=None)


def waiting(connection: Connection, limit: int = 50) -> list[Waiting]:
    """What the digest has not come to yet, the next in line first."""
    columns = t.reports.c
    rows = connection.execute(
        select(columns.id, columns.received_at, columns.project, columns.protocol, func.length(columns.body))
        .where(columns.id > report_queue.cursor(connection))
        .order_by(columns.id)
        .limit(limit)
    )
    return [_waiting(row) for row in rows]


def newest(connection: Connection) -> Waiting | None:
    """The last report that was received, digested or not; None while there is none."""
    columns = t.reports.c
    row = connection.execute(
        select(columns.id, columns.received_at, columns.project, columns.protocol, func.length(columns.body))
        .order_by(columns.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return _waiting(row)


def dropped(connection: Connection) -> int:
    """How many events a `before_digest` has dropped since the store was made."""
    counts = t.item_counts.c
    total = select(func.coalesce(func.sum(counts.count), 0)).where(counts.kind == DROPPED)
    return int(connection.execute(total).scalar_one())


def setbacks(connection: Connection, limit: int = 200) -> list[Setback]:
    """What failed and was not discarded, the newest first."""
    rows = connection.execute(
        _setbacks()
        .where(t.setbacks.c.discarded_at.is_(None))
        .order_by(t.setbacks.c.report_id.desc())
        .limit(limit)
    )
    return [_setback(row) for row in rows]


def setback(connection: Connection, report_id: int) -> Setback | None:
    """One report that failed, discarded or not."""
    row = connection.execute(_setbacks().where(t.setbacks.c.report_id == report_id)).one_or_none()
    return None if row is None else _setback(row)


def refusals(connection: Connection, limit: int = 200) -> list[Refusal]:
    """What was refused, the newest first, with the first 4 KiB of head and body."""
    rows = connection.execute(select(*t.refusals.c).order_by(t.refusals.c.id.desc()).limit(limit))
    return [_refusal(row, row.head[: refused.BEGINNING_BYTES], row.body) for row in rows]


def whole_refusals(connection: Connection, limit: int = 200) -> list[Refusal]:
    """The same with all that is stored of them: up to the setting max_refused_bytes."""
    ids = connection.execute(select(t.refusals.c.id).order_by(t.refusals.c.id.desc()).limit(limit)).scalars()
    found = (refusal(connection, number) for number in ids.all())
    return [one for one in found if one is not None]


def refusal(connection: Connection, refusal_id: int) -> Refusal | None:
    """One request that was refused, with all that is stored of it; None when it is removed."""
    row = connection.execute(select(*t.refusals.c).where(t.refusals.c.id == refusal_id)).one_or_none()
    if row is None:
        return None
    return _refusal(row, row.head, row.body + refused.rest(connection, refusal_id))


def _waiting(row: Row[*tuple[Any, ...]]) -> Waiting:
    number, at, project, protocol, size = row
    return Waiting(
        report_id=number, received_at=from_micros(at), project=project, protocol=protocol, size=size
    )


def _setbacks() -> Select[Any]:
    reports = t.reports.c
    return select(*t.setbacks.c, reports.received_at, reports.project, reports.protocol).join_from(
        t.setbacks, t.reports
    )


def _refusal(row: Row[Any], head: bytes, body: bytes) -> Refusal:
    return Refusal(
        id=row.id,
        at=from_micros(row.at),
        status=row.status,
        reason=hide(row.reason),
        remote=row.remote,
        head=head.decode("latin-1"),
        body=body,
        body_size=row.body_size,
        kept_size=None if row.body_size is None else row.kept_bytes - len(row.head),
        retries=row.retries,
        is_requested=row.retry_at is not None,
    )


def _setback(row: Row[Any]) -> Setback:
    return Setback(
        report_id=row.report_id,
        received_at=from_micros(row.received_at),
        project=row.project,
        protocol=row.protocol,
        attempts=row.attempts,
        due_at=None if row.due_at is None else from_micros(row.due_at),
        dead=row.dead,
        error=hide(row.error),
        traceback=hide(row.traceback),
    )


def _count(connection: Connection, condition: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(t.setbacks).where(condition)).scalar_one()
