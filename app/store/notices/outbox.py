"""The table `outbox`: every notice, from the digest's decision to how its last try ended."""

from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from msgspec import Struct
from sqlalchemy import ColumnElement, bindparam, delete, func, select, update

from app.model import Level
from app.store import bulk, sqlite
from app.store.database import Connection
from app.store.notices.due_notices import (
    FRESH_ELSEWHERE,
    FRESH_ON_DESKTOP,
    SECOND,
    waits_for_desktop,
)
from app.store.notices.notice import QUIET, Notice, NoticeState
from app.store.prepared import Prepared
from app.store.schema import outbox

# Why a notice was not sent, or may not have been: for people.
CHANNEL_REMOVED = "Its channel was removed."
NOBODY_LOOKED = "No window was open to show it."
TOO_LATE = "It could not be sent for a day."
INTERRUPTED = "Arecibo ended while this was sent: it may have arrived or not, and is not sent again."
FORGOTTEN_AT_ONCE = 500

# A notice in one of these was sent by itself, or was to be.
_HAD_ITS_TURN = (
    NoticeState.SENDING,
    NoticeState.SENT,
    NoticeState.UNSURE,
    NoticeState.FAILED,
    NoticeState.MISSED,
)


class OutboxEntry(Struct, frozen=True, kw_only=True):
    """A notice to be written, by the rule of number `rule_id`.

    `dedupe_key` is unique: a second entry of the same key is not written. One that waits is due at once, or
    at `due_at` (microseconds). `project` is None for a notice that counts others.
    """

    dedupe_key: str
    rule_id: int
    notice: Notice
    state: NoticeState
    due_at: int | None = None
    project: str | None = None


class RecentNotice(Struct, frozen=True):
    """A row of the outbox that decides on the next ones. Times in microseconds."""

    id: int
    rule_id: int
    channel_id: int | None
    issue_id: int | None
    project: str | None
    kind: str
    state: NoticeState
    level: Level
    body: str
    count: int
    created_at: int
    due_at: int | None
    sent_at: int | None
    attempts: int


def known_keys(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the dedupe keys that have a row already."""
    return {key for (key,) in _KNOWN_KEYS.rows(connection, keys=sqlite.values_of(keys))}


def recent(connection: Connection, since: int) -> Iterator[RecentNotice]:
    """What waits, and what was sent or to be sent since then (microseconds)."""
    found = _RECENT.rows(connection, states=sqlite.values_of(_HAD_ITS_TURN), since=since)
    for number, rule, channel, issue, project, kind, state, level, *rest in found:
        yield RecentNotice(
            number, rule, channel, issue, project, kind, NoticeState(state), Level(level), *rest
        )


def add_missing(connection: Connection, entries: Sequence[OutboxEntry], now: int) -> None:
    """Write those entries whose key has no row yet."""
    bulk.add_missing(connection, outbox, [_row(entry, now) for entry in entries])


def update_summary(
    connection: Connection, number: int, *, count: int, title: str, level: Level, body: str, due_at: int
) -> None:
    """Give a waiting notice that counts others these values."""
    _UPDATE_SUMMARY.run(
        connection, number=number, total=count, title=title, level=level.value, body=body, due=due_at
    )


def mark_sending(connection: Connection, number: int, attempts: int) -> None:
    """The notice is on its way, in its try of this number."""
    values = {"state": NoticeState.SENDING, "due_at": None, "attempts": attempts}
    connection.execute(update(outbox).where(outbox.c.id == number).values(values))


def record_outcome(
    connection: Connection,
    number: int,
    *,
    state: NoticeState,
    due_at: int | None,
    error: str | None,
    sent_at: int | None,
) -> None:
    """Write how a try ended."""
    values = {"state": state, "due_at": due_at, "error": error}
    connection.execute(update(outbox).where(outbox.c.id == number).values(sent_at=sent_at, **values))


def postpone(connection: Connection, channel_id: int, until: int) -> None:
    """Delay all that waits for this channel until then at least: it has just refused a notice."""
    waits = (outbox.c.channel_id == channel_id) & (outbox.c.state == NoticeState.WAITING)
    connection.execute(update(outbox).where(waits, outbox.c.due_at < until).values(due_at=until))


def take_for_desktop(connection: Connection, notices: Sequence[Notice], now: int) -> tuple[Notice, ...]:
    """Mark notices as shown; returns those that are ours to show: another window may have been faster."""
    mine = update(outbox).where(waits_for_desktop(), outbox.c.id.in_([notice.id for notice in notices]))
    taken = mine.values(state=NoticeState.SENT, sent_at=now, due_at=None, attempts=1).returning(outbox.c.id)
    ids = set(connection.execute(taken).scalars())
    return tuple(notice for notice in notices if notice.id in ids)


def has_expired(connection: Connection, now: int, on_the_way: Collection[int]) -> bool:
    """Whether `expire` would change anything."""
    expired = _interrupted(on_the_way) | _unseen(now) | _late(now)
    return bool(connection.execute(select(func.count()).where(expired)).scalar())


def expire(connection: Connection, now: int, on_the_way: Collection[int]) -> None:
    """Mark what was on its way when everything ended, and what is of no use any more.

    `on_the_way` are the numbers of the notices that are really being sent.
    """
    _close(connection, _interrupted(on_the_way), NoticeState.UNSURE, INTERRUPTED)
    _close(connection, _unseen(now), NoticeState.MISSED, NOBODY_LOOKED)
    _close(connection, _late(now), NoticeState.MISSED, TOO_LATE)


def miss_waiting(connection: Connection, channel_id: int) -> None:
    """Mark what waits for a removed channel as missed."""
    waits = (outbox.c.channel_id == channel_id) & (outbox.c.state == NoticeState.WAITING)
    _close(connection, waits, NoticeState.MISSED, CHANNEL_REMOVED)


def shift_after_clock_jump(connection: Connection, seconds: float, now: int) -> None:
    """Shift what waits: the clock was set ahead by `seconds` to `now`, and nothing is late by that."""
    waits = (outbox.c.state == NoticeState.WAITING) & (outbox.c.kind != QUIET) & (outbox.c.due_at < now)
    shifted = func.min(now, outbox.c.due_at + int(seconds * SECOND))
    connection.execute(update(outbox).where(waits).values(due_at=shifted))


def forget_older(connection: Connection, horizon: int) -> int:
    """Delete notices that were made before `horizon` (microseconds), some at a time; returns how many.

    From the first on, as far as all are older: the others need not be looked at.
    """
    query = select(outbox.c.id, outbox.c.created_at).order_by(outbox.c.id).limit(FORGOTTEN_AT_ONCE)
    rows = connection.execute(query)
    old = [row.id for row in takewhile(lambda row: row.created_at < horizon, rows)]
    if old:
        connection.execute(delete(outbox).where(outbox.c.id <= old[-1]))
    return len(old)


def _row(entry: OutboxEntry, now: int) -> bulk.Row:
    """The columns of `outbox` in their order."""
    notice = entry.notice
    due = (entry.due_at or now) if entry.state is NoticeState.WAITING else None
    head = (None, entry.dedupe_key, entry.rule_id, notice.channel, notice.issue_id, notice.kind, entry.state)
    content = (notice.level, notice.title, notice.body, notice.count)
    return (*head, *content, now, due, 0, None, None, entry.project)


def _interrupted(on_the_way: Collection[int]) -> ColumnElement[bool]:
    return (outbox.c.state == NoticeState.SENDING) & outbox.c.id.not_in(on_the_way)


def _unseen(now: int) -> ColumnElement[bool]:
    return waits_for_desktop() & (outbox.c.due_at < now - FRESH_ON_DESKTOP)


def _late(now: int) -> ColumnElement[bool]:
    waits = outbox.c.state == NoticeState.WAITING
    return waits & outbox.c.channel_id.is_not(None) & (outbox.c.due_at < now - FRESH_ELSEWHERE)


def _close(connection: Connection, which: ColumnElement[bool], state: NoticeState, why: str) -> None:
    connection.execute(update(outbox).where(which).values(state=state, due_at=None, error=why))


_ROW = outbox.c
_KNOWN_KEYS = Prepared(select(_ROW.dedupe_key).where(sqlite.among(_ROW.dedupe_key, "keys")))
_RECENT = Prepared(
    select(
        *(_ROW.id, _ROW.rule_id, _ROW.channel_id, _ROW.issue_id, _ROW.project, _ROW.kind, _ROW.state),
        *(_ROW.level, _ROW.body, _ROW.count, _ROW.created_at, _ROW.due_at, _ROW.sent_at, _ROW.attempts),
    ).where(
        (_ROW.state == NoticeState.WAITING.value)
        | (sqlite.among(_ROW.state, "states") & (_ROW.created_at > bindparam("since")))
    )
)
_UPDATE_SUMMARY = Prepared(
    update(outbox)
    .where(_ROW.id == bindparam("number"))
    .values(
        count=bindparam("total"),
        title=bindparam("title"),
        level=bindparam("level"),
        body=bindparam("body"),
        due_at=bindparam("due"),
    )
)
