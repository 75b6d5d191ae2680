"""Which notices are due: for the channels, and for the desktop. Reads the outbox, writes nothing."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, case, func, select

from app.model import Level
from app.secrets_in_text import hide
from app.store.database import Connection
from app.store.notices.notice import MORE, QUIET, Notice, NoticeState
from app.store.schema import channels, outbox

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
# The pauses between the tries of one notice.
RETRY_PAUSES = (10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE)
# How long after it was due a notice is still of use: on this desktop, and elsewhere.
FRESH_ON_DESKTOP, FRESH_ELSEWHERE = 10 * MINUTE, 24 * 60 * MINUTE
FOR_EVER = 100 * 365 * 24 * HOUR


class DueNotice(Struct, frozen=True):
    """A notice to be sent now; `attempts` is how many tries it has had."""

    id: int
    level: Level
    title: str
    body: str
    attempts: int


class ForDesktop(Struct, frozen=True):
    """What the desktop is to show now, and when there is more, in microseconds, if that is known."""

    notices: tuple[Notice, ...]
    next_due: int | None


def is_due(now: int) -> ColumnElement[bool]:
    """The condition for rows of `outbox` that wait, and not for anything later than `now`.

    A notice waits for a pause that is known. One that seems to wait for longer was written by a clock that
    was ahead and has been set back. Only the end of quiet hours is meant by the wall's clock.
    """
    pauses = {0: RETRY_PAUSES[0]} | dict(enumerate(RETRY_PAUSES, 1))
    pause = case(pauses, value=outbox.c.attempts, else_=RETRY_PAUSES[-1])
    longest = case((outbox.c.kind == QUIET, FOR_EVER), (outbox.c.kind == MORE, HOUR + MINUTE), else_=pause)
    waits = outbox.c.state == NoticeState.WAITING
    return waits & ((outbox.c.due_at <= now) | (outbox.c.due_at > now + longest))


def next_due(connection: Connection, now: int) -> int | None:
    """When the next notice is to be sent to a channel, in microseconds; None when none is."""
    there = outbox.join(channels, channels.c.id == outbox.c.channel_id)
    waits = (outbox.c.state == NoticeState.WAITING) & channels.c.enabled
    if connection.execute(select(outbox.c.id).select_from(there).where(waits, is_due(now)).limit(1)).first():
        return now
    return connection.execute(select(func.min(outbox.c.due_at)).select_from(there).where(waits)).scalar()


def channels_due(connection: Connection, now: int) -> Sequence[int]:
    """The numbers of the channels for which a notice is due."""
    query = select(outbox.c.channel_id).join(channels, channels.c.id == outbox.c.channel_id)
    return connection.execute(query.where(is_due(now)).distinct()).scalars().all()


def next_for_channel(connection: Connection, channel_id: int, now: int) -> DueNotice | None:
    """The notice that this channel is sent next, if one is due."""
    query = select(*outbox.c).where(outbox.c.channel_id == channel_id, is_due(now))
    row = connection.execute(query.order_by(outbox.c.due_at, outbox.c.id).limit(1)).one_or_none()
    if row is None:
        return None
    return DueNotice(row.id, Level(row.level), hide(row.title), hide(row.body), row.attempts)


def for_desktop(connection: Connection, now: int) -> ForDesktop:
    """What is due on the desktop and still of use."""
    waits = waits_for_desktop()
    rows = connection.execute(
        select(*outbox.c)
        .where(waits, is_due(now), outbox.c.due_at >= now - FRESH_ON_DESKTOP)
        .order_by(outbox.c.id)
    )
    later = connection.execute(select(func.min(outbox.c.due_at)).where(waits, outbox.c.due_at > now)).scalar()
    return ForDesktop(tuple(_notice(row) for row in rows), later)


def waits_for_desktop() -> ColumnElement[bool]:
    """The condition for rows of `outbox` that the desktop has not shown yet."""
    return (outbox.c.state == NoticeState.WAITING) & outbox.c.channel_id.is_(None)


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
