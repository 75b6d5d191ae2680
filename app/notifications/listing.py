"""The outbox, to be looked at; and what of it the desktop is to show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, func, select, update

from app.model import Level, from_micros
from app.notifications.notice import Notice, Standing
from app.notifications.sending import FRESH_HERE, is_due
from app.secrets_in_text import hide
from app.store.schema import channels, notification_rules, outbox

DESKTOP = "desktop"
GONE = "(removed)"


class Listed(Struct, frozen=True, kw_only=True):
    """A notice as a list shows it. `channel` and `rule` are their names."""

    id: int
    channel: str
    rule: str
    issue_id: int | None
    kind: str
    state: Standing
    level: Level
    title: str
    body: str
    count: int
    created_at: datetime
    due_at: datetime | None
    attempts: int
    sent_at: datetime | None
    error: str | None


class ForDesktop(Struct, frozen=True):
    """What the desktop is to show now, and when there is more, in microseconds, if that is known."""

    notices: tuple[Notice, ...]
    next_due: int | None


def listed(connection: Connection, limit: int = 100) -> list[Listed]:
    """Notices, the newest first."""
    rows = connection.execute(
        select(*outbox.c, channels.c.name.label("channel"), notification_rules.c.name.label("rule"))
        .outerjoin(channels, channels.c.id == outbox.c.channel_id)
        .outerjoin(notification_rules, notification_rules.c.id == outbox.c.rule_id)
        .order_by(outbox.c.id.desc())
        .limit(limit)
    )
    return [_listed(row) for row in rows]


def for_desktop(connection: Connection, now: int) -> ForDesktop:
    """What is due on the desktop and still of use."""
    waits = _waits_here()
    rows = connection.execute(
        select(*outbox.c).where(waits, is_due(now), outbox.c.due_at >= now - FRESH_HERE).order_by(outbox.c.id)
    )
    later = connection.execute(select(func.min(outbox.c.due_at)).where(waits, outbox.c.due_at > now)).scalar()
    return ForDesktop(tuple(_notice(row) for row in rows), later)


def take_for_desktop(connection: Connection, notices: Sequence[Notice], now: int) -> tuple[Notice, ...]:
    """Mark notices as shown; returns those that are ours to show: another window may have been faster."""
    mine = update(outbox).where(_waits_here(), outbox.c.id.in_([notice.id for notice in notices]))
    taken = mine.values(state=Standing.SENT, sent_at=now, due_at=None, attempts=1).returning(outbox.c.id)
    ids = set(connection.execute(taken).scalars())
    return tuple(notice for notice in notices if notice.id in ids)


def _waits_here() -> ColumnElement[bool]:
    return (outbox.c.state == Standing.WAITING) & outbox.c.channel_id.is_(None)


def _notice(row: Row[Any]) -> Notice:
    values = row._mapping
    return Notice(
        id=row.id,
        channel=row.channel_id,
        issue_id=row.issue_id,
        kind=row.kind,
        level=Level(row.level),
        title=hide(row.title),
        body=hide(row.body),
        count=values["count"],
    )


def _listed(row: Row[*tuple[Any, ...]]) -> Listed:
    values = row._mapping
    here = row.channel_id is None
    return Listed(
        id=row.id,
        channel=DESKTOP if here else row.channel or GONE,
        rule=row.rule or GONE,
        issue_id=row.issue_id,
        kind=row.kind,
        state=Standing(row.state),
        level=Level(row.level),
        title=hide(row.title),
        body=hide(row.body),
        count=values["count"],
        created_at=from_micros(row.created_at),
        due_at=None if row.due_at is None else from_micros(row.due_at),
        attempts=row.attempts,
        sent_at=None if row.sent_at is None else from_micros(row.sent_at),
        error=row.error and hide(row.error),
    )
