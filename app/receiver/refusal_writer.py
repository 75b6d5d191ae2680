"""Stores what was refused: every refusal is counted, and the newest are stored whole, within budgets.

Written off the hot path, at most once a second and a few at a time, without a sync, so that a flood of bad
requests neither fills memory or disk nor slows the good ones. Only bytes and text wait to be
written: nothing here refers to the request, its connection or its exception.
"""

import logging
import time
from collections import deque
from typing import Any

from app.clock import now_micros
from app.receiver.limits import (
    MAX_HEAD_BYTES,
    MAX_KEPT_BODY_BYTES,
    MAX_REFUSALS_WAITING,
    MAX_REFUSED_BYTES_WAITING,
    REFUSED_BYTES_PER_WRITE,
)
from app.settings import Settings
from app.store import failures
from app.store.database import Database
from app.store.queue import refusals

log = logging.getLogger(__name__)

INTERVAL = 1.0
# Other writers go first: a refusal can wait, a report queued after it cannot.
PATIENCE_SECONDS = 0.5


class RefusalWriter:
    """Collects refusals on the receiver's thread and writes them on the writer's."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = _impatient(database)
        self._budget = settings.max_refused_bytes
        # One refusal must not take the space of all others, nor more than there is.
        self._max_stored = min(MAX_KEPT_BODY_BYTES, settings.max_refused_bytes // 2)
        self._newest: deque[dict[str, Any]] = deque()
        # One thread changes each number: the receiver's thread `_bytes_in`, the writer's thread `_bytes_out`.
        self._bytes_in = self._bytes_out = 0
        self._noted = 0
        self._written = 0
        self._due = 0.0

    def note(
        self, status: int, reason: str, remote: str, head: bytes, body: bytes, body_size: int | None = None
    ) -> None:
        """Store one refusal; `body_size` is how long the body was, where `body` is only its beginning."""
        stored = body if len(body) <= self._max_stored else body[: self._max_stored]
        row = {
            "at": now_micros(),
            "status": status,
            "reason": reason,
            "remote": remote,
            "head": head[:MAX_HEAD_BYTES],
            "body": stored,
            "body_size": max(len(body), body_size or 0),
        }
        self._newest.append(row)
        self._bytes_in += _size(row)
        self._noted += 1
        self._make_room()

    def use(self, database: Database) -> None:
        """Write into another store from now on."""
        self._database = _impatient(database)

    def seconds_until_due(self) -> float | None:
        """In how many seconds to write next; None when nothing waits."""
        if self._noted == self._written and not self._newest:
            return None
        return max(0.0, self._due - time.monotonic())

    def write(self) -> None:
        """Write some of what waits. After a failure it waits on, and all of it stays counted."""
        counted = self._noted - self._written
        rows = self._take()
        size = sum(map(_size, rows))
        # A flood of large refusals is written more slowly than it may arrive.
        self._due = time.monotonic() + INTERVAL * max(1.0, size / REFUSED_BYTES_PER_WRITE)
        try:
            with self._database.writing() as connection:
                refusals.record(connection, rows, counted=counted, budget=self._budget)
        except failures.StoreFailure as error:
            log.warning("%d refusals could not be written yet. %s", counted, failures.explain(error))
            if failures.is_environment_error(error):
                self._bytes_out -= size
                self._newest.extendleft(reversed(rows))
        else:
            self._written += counted

    def close(self, *, write: bool) -> None:
        """Close the store; with `write`, first write all that waits, unless the disk takes nothing now."""
        before = None
        while write and self.seconds_until_due() is not None and before != (self._written, len(self._newest)):
            before = self._written, len(self._newest)
            self.write()
        self._database.close()

    def _take(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        size = 0
        while self._newest and size < REFUSED_BYTES_PER_WRITE:
            try:
                rows.append(self._newest.popleft())
            except IndexError:
                # The receiver's thread has just removed it to make room.
                break
            size += _size(rows[-1])
        self._bytes_out += size
        return rows

    def _make_room(self) -> None:
        """Drop the oldest that wait, as the store would; runs on the receiver's thread."""
        newest = self._newest
        while len(newest) > 1 and (
            len(newest) > MAX_REFUSALS_WAITING or self._bytes_in - self._bytes_out > MAX_REFUSED_BYTES_WAITING
        ):
            try:
                gone = newest.popleft()
            except IndexError:
                # The writer's thread has just taken it.
                return
            self._bytes_in -= _size(gone)


def _impatient(database: Database) -> Database:
    return Database(database.file, durable=False, busy_seconds=PATIENCE_SECONDS, must_exist=True)


def _size(row: dict[str, Any]) -> int:
    return len(row["head"]) + len(row["body"])
