"""Sends what is due, one notice at a time to each channel, all channels beside each other.

A notice is marked as being sent before it is, and with the outcome after. What is guaranteed: none is lost
silently, and none is sent twice because of a crash. One that was on its way when everything ended may or may
not have arrived; it is shown as unsure, and not sent again. What a channel refuses is tried again with
growing pauses, and given up visibly after the last; meanwhile its others wait, and other channels do not.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, case, func, select, update

from app.model import Level
from app.notifications import directory
from app.notifications.courier import CourierGone
from app.notifications.notice import MORE, QUIET, Standing
from app.notifications.rules import MINUTE
from app.secrets_in_text import hide
from app.store.database import Database
from app.store.revision import bump
from app.store.schema import channels, outbox

log = logging.getLogger(__name__)

SECOND = 1_000_000
HOUR = 60 * MINUTE
PAUSES = (10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE)
LONGEST_SEND_SECONDS = 60.0
FOR_EVER = 100 * 365 * 24 * HOUR
# How long after it was due a notice is still of use: here on the desktop, and elsewhere.
FRESH_HERE, FRESH_ELSEWHERE = 10 * MINUTE, 24 * 60 * MINUTE
NOBODY_LOOKED = "No window was open to show it."
TOO_LATE = "It could not be sent for a day."
ENDED = "Arecibo ended while this was sent: it may have arrived or not, and is not sent again."


class Carrier(Protocol):
    """What takes a notice to its channel; as `courier.Courier`."""

    def deliver(self, url: str, level: Level, title: str, body: str) -> "Future[str | None]":
        """Send a notice; the future says what went wrong, or raises `CourierGone`."""

    def stop(self) -> None:
        """Let go of everything; what is on its way raises `CourierGone`."""


class _Parcel(Struct, frozen=True):
    """A notice on its way."""

    id: int
    channel: directory.Channel
    attempts: int
    level: Level
    title: str
    body: str


class Sending:
    """Sends from one store. `changed` is called with the revision of what there is to see.

    `clock` gives microseconds since 1970, `monotonic` seconds.
    """

    def __init__(
        self,
        database: Database,
        carrier: Carrier,
        *,
        changed: Callable[[int], None],
        clock: Callable[[], int],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._carrier = carrier
        self._changed = changed
        self._clock = clock
        self._monotonic = monotonic
        self._idle = threading.Condition()
        # By channel: the notice that is on its way (None: not chosen yet), and since when (monotonic).
        self._busy: dict[int, tuple[int | None, float]] = {}
        self._stopping = False

    def run(self) -> None:
        """Begin to send what is due, and see to what is overdue; waits for no channel."""
        now = self._clock()
        self._tidy(now)
        with self._idle:
            if any(
                began < self._monotonic() - LONGEST_SEND_SECONDS for _notice, began in self._busy.values()
            ):
                log.warning("A channel has not answered for a minute; what is on its way is given up")
                self._carrier.stop()
        with self._database.reading() as connection:
            wanted = select(outbox.c.channel_id).join(channels, channels.c.id == outbox.c.channel_id)
            due = connection.execute(wanted.where(is_due(now)).distinct()).scalars().all()
        for channel_id in due:
            with self._idle:
                if self._stopping or channel_id in self._busy:
                    continue
                self._busy[channel_id] = (None, self._monotonic())
            self._send_next(channel_id)

    def stop(self, seconds: float) -> None:
        """Wait for what is on its way, `seconds` at most; what is not back by then is unsure."""
        with self._idle:
            self._stopping = True
            if self._idle.wait_for(lambda: not self._busy, seconds):
                self._carrier.stop()
                return
        self._carrier.stop()
        with self._idle:
            self._idle.wait_for(lambda: not self._busy, seconds)

    def _tidy(self, now: int) -> None:
        """Mark what was on its way when everything ended, and what is of no use any more."""
        waits = outbox.c.state == Standing.WAITING
        here, elsewhere = outbox.c.channel_id.is_(None), outbox.c.channel_id.is_not(None)
        unseen = waits & here & (outbox.c.due_at < now - FRESH_HERE)
        late = waits & elsewhere & (outbox.c.due_at < now - FRESH_ELSEWHERE)
        with self._database.reading() as connection:
            if not connection.execute(select(func.count()).where(self._lost() | unseen | late)).scalar():
                return
        with self._database.writing() as connection:
            # Asked again: only while we write, nobody else begins to send.
            _mark(connection, self._lost(), Standing.UNSURE, ENDED)
            _mark(connection, unseen, Standing.MISSED, NOBODY_LOOKED)
            _mark(connection, late, Standing.MISSED, TOO_LATE)
            revision = bump(connection)
        self._changed(revision)

    def _lost(self) -> ColumnElement[bool]:
        mine = [notice for notice, _since in self._busy.copy().values() if notice is not None]
        return (outbox.c.state == Standing.SENDING) & outbox.c.id.not_in(mine)

    def _send_next(self, channel_id: int) -> None:
        parcel = None
        try:
            if not self._stopping:
                parcel = self._take(channel_id)
        finally:
            if parcel is None:
                self._free(channel_id)
        if parcel is not None:
            future = self._begin(parcel)
            future.add_done_callback(lambda done: self._arrived(parcel, done))

    def _begin(self, parcel: _Parcel) -> "Future[str | None]":
        try:
            return self._carrier.deliver(parcel.channel.url, parcel.level, parcel.title, parcel.body)
        except OSError as error:
            failed: Future[str | None] = Future()
            failed.set_result(f"What sends could not be started: {error.strerror}.")
            return failed

    def _take(self, channel_id: int) -> _Parcel | None:
        now = self._clock()
        with self._database.writing() as connection:
            wanted = select(*outbox.c).where(outbox.c.channel_id == channel_id, is_due(now))
            row = connection.execute(wanted.order_by(outbox.c.due_at, outbox.c.id).limit(1)).one_or_none()
            channel = directory.channel_of(connection, channel_id)
            if row is None or channel is None or not channel.enabled:
                return None
            values = {"state": Standing.SENDING, "due_at": None, "attempts": row.attempts + 1}
            connection.execute(update(outbox).where(outbox.c.id == row.id).values(values))
            # Known as ours before anybody can see it as being sent.
            self._busy[channel_id] = (row.id, self._monotonic())
        return _parcel(row, channel)

    def _arrived(self, parcel: _Parcel, done: "Future[str | None]") -> None:
        channel_id, goes_on = parcel.channel.id, False
        try:
            goes_on = self._settle(parcel, done)
        except Exception:
            log.exception("How a notice to %s ended could not be noted", parcel.channel.name)
        if goes_on:
            self._send_next(channel_id)
        else:
            self._free(channel_id)

    def _settle(self, parcel: _Parcel, done: "Future[str | None]") -> bool:
        """Note the outcome; returns whether the channel takes the next."""
        now = self._clock()
        standing, due, error = Standing.SENT, None, None
        try:
            error = done.result()
        except CourierGone:
            standing, error = Standing.UNSURE, ENDED
        else:
            if error is not None and parcel.attempts > len(PAUSES):
                standing = Standing.FAILED
            elif error is not None:
                standing, due = Standing.WAITING, now + PAUSES[parcel.attempts - 1]
        values = {"state": standing, "due_at": due, "error": error}
        with self._database.writing() as connection:
            sent_at = now if standing is Standing.SENT else None
            mine = outbox.c.id == parcel.id
            connection.execute(update(outbox).where(mine).values(sent_at=sent_at, **values))
            directory.note_outcome(connection, parcel.channel.id, error=error, now=now)
            if error is not None:
                _put_off(connection, parcel.channel.id, now + PAUSES[0])
            revision = bump(connection)
        self._changed(revision)
        return error is None

    def _free(self, channel_id: int) -> None:
        with self._idle:
            self._busy.pop(channel_id, None)
            self._idle.notify_all()


def next_due(connection: Connection, now: int) -> int | None:
    """When the next notice is to be sent, in microseconds; None when none is."""
    there = outbox.join(channels, channels.c.id == outbox.c.channel_id)
    waits = (outbox.c.state == Standing.WAITING) & channels.c.enabled
    if connection.execute(select(outbox.c.id).select_from(there).where(waits, is_due(now)).limit(1)).first():
        return now
    return connection.execute(select(func.min(outbox.c.due_at)).select_from(there).where(waits)).scalar()


def clock_went_ahead(connection: Connection, seconds: float, now: int) -> None:
    """The clock was set ahead to `now`: what waits has not waited for so long, and is not late by that."""
    waits = (outbox.c.state == Standing.WAITING) & (outbox.c.kind != QUIET) & (outbox.c.due_at < now)
    shifted = func.min(now, outbox.c.due_at + int(seconds * SECOND))
    connection.execute(update(outbox).where(waits).values(due_at=shifted))


def is_due(now: int) -> ColumnElement[bool]:
    """What waits, and not for anything later than `now`.

    A notice waits for a pause that is known. One that seems to wait for longer was written by a clock that
    was ahead and has been set back. Only the end of quiet hours is meant by the wall's clock.
    """
    pauses = {0: PAUSES[0]} | dict(enumerate(PAUSES, 1))
    pause = case(pauses, value=outbox.c.attempts, else_=PAUSES[-1])
    longest = case((outbox.c.kind == QUIET, FOR_EVER), (outbox.c.kind == MORE, HOUR + MINUTE), else_=pause)
    waits = outbox.c.state == Standing.WAITING
    return waits & ((outbox.c.due_at <= now) | (outbox.c.due_at > now + longest))


def _put_off(connection: Connection, channel_id: int, until: int) -> None:
    """A channel that refuses one notice is left alone for a while."""
    waits = (outbox.c.channel_id == channel_id) & (outbox.c.state == Standing.WAITING)
    connection.execute(update(outbox).where(waits, outbox.c.due_at < until).values(due_at=until))


def _mark(connection: Connection, which: ColumnElement[bool], standing: Standing, why: str) -> None:
    connection.execute(update(outbox).where(which).values(state=standing, due_at=None, error=why))


def _parcel(row: Row[Any], channel: directory.Channel) -> _Parcel:
    return _Parcel(row.id, channel, row.attempts + 1, Level(row.level), hide(row.title), hide(row.body))
