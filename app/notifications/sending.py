"""Sends what is due, one notice at a time to each channel, all channels in parallel.

A notice is marked as being sent before it is, and with the outcome after. Guaranteed: none is lost silently,
and none is sent twice because of a crash. One that was on its way when everything ended may or may not have
arrived; it is shown as unsure, and not sent again. What a channel refuses is tried again with growing pauses,
and given up visibly after the last; meanwhile the channel's other notices wait, and other channels do not.
"""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

from msgspec import Struct

from app.model import Level
from app.notifications.courier import CourierGone
from app.store.database import Database
from app.store.notices import channels, due_notices, outbox
from app.store.notices.channels import Channel
from app.store.notices.due_notices import RETRY_PAUSES, DueNotice
from app.store.notices.notice import NoticeState
from app.store.notices.outbox import INTERRUPTED
from app.store.revision import bump

log = logging.getLogger(__name__)

LONGEST_SEND_SECONDS = 60.0


class Carrier(Protocol):
    """Sends a notice to its channel; as `courier.Courier`."""

    def deliver(self, url: str, level: Level, title: str, body: str) -> "Future[str | None]":
        """Send a notice; the future says what went wrong, or raises `CourierGone`."""

    def stop(self) -> None:
        """Give up everything; the future of what is on its way raises `CourierGone`."""


class _Parcel(Struct, frozen=True):
    """A notice on its way to `channel`."""

    notice: DueNotice
    channel: Channel


class Sending:
    """Sends from one store. `changed` is called with the revision of each change.

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
        """Begin to send what is due, and expire what is overdue; waits for no channel."""
        now = self._clock()
        self._expire(now)
        with self._idle:
            if any(
                began < self._monotonic() - LONGEST_SEND_SECONDS for _notice, began in self._busy.values()
            ):
                log.warning("A channel has not answered for a minute; what is on its way is given up")
                self._carrier.stop()
        with self._database.reading() as connection:
            due = due_notices.channels_due(connection, now)
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

    def _expire(self, now: int) -> None:
        """Mark what was on its way when everything ended, and what is of no use any more."""
        with self._database.reading() as connection:
            if not outbox.has_expired(connection, now, self._on_the_way()):
                return
        with self._database.writing() as connection:
            # Read again which are on their way: no other thread begins to send while this one writes.
            outbox.expire(connection, now, self._on_the_way())
            revision = bump(connection)
        self._changed(revision)

    def _on_the_way(self) -> list[int]:
        return [notice for notice, _since in self._busy.copy().values() if notice is not None]

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
            notice = parcel.notice
            return self._carrier.deliver(parcel.channel.url, notice.level, notice.title, notice.body)
        except OSError as error:
            failed: Future[str | None] = Future()
            failed.set_result(f"What sends could not be started: {error.strerror}.")
            return failed

    def _take(self, channel_id: int) -> _Parcel | None:
        now = self._clock()
        with self._database.writing() as connection:
            notice = due_notices.next_for_channel(connection, channel_id, now)
            channel = channels.get(connection, channel_id)
            if notice is None or channel is None or not channel.enabled:
                return None
            outbox.mark_sending(connection, notice.id, notice.attempts + 1)
            # In `_busy` before the commit: after it, `_expire` sees the notice as being sent.
            self._busy[channel_id] = (notice.id, self._monotonic())
        return _Parcel(notice, channel)

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
        """Store the outcome; returns whether the channel takes the next."""
        now = self._clock()
        notice, channel = parcel.notice, parcel.channel
        state, due, error = NoticeState.SENT, None, None
        try:
            error = done.result()
        except CourierGone:
            state, error = NoticeState.UNSURE, INTERRUPTED
        else:
            if error is not None and notice.attempts >= len(RETRY_PAUSES):
                state = NoticeState.FAILED
            elif error is not None:
                state, due = NoticeState.WAITING, now + RETRY_PAUSES[notice.attempts]
        with self._database.writing() as connection:
            sent_at = now if state is NoticeState.SENT else None
            outbox.record_outcome(
                connection, notice.id, state=state, due_at=due, error=error, sent_at=sent_at
            )
            channels.record_outcome(connection, channel.id, error=error, now=now)
            if error is not None:
                outbox.postpone(connection, channel.id, now + RETRY_PAUSES[0])
            revision = bump(connection)
        self._changed(revision)
        return error is None

    def _free(self, channel_id: int) -> None:
        with self._idle:
            self._busy.pop(channel_id, None)
            self._idle.notify_all()
