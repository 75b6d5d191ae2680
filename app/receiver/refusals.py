"""Remembers what was turned away: every refusal is counted, the newest are kept to be looked at.

Written off the hot path, at most once a second and a few at a time, so that a flood of bad requests neither
fills the disk nor slows the good ones.
"""

import logging
import time
from collections import deque
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.store import refusals, sqlite
from app.store.database import Database

log = logging.getLogger(__name__)

INTERVAL = 1.0
KEPT_AT_ONCE = 50
KEPT_BYTES = 4096


class Refusals:
    """Collects refusals on the receiver's thread and writes them on the writer's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._newest: deque[dict[str, Any]] = deque(maxlen=KEPT_AT_ONCE)
        self._noted = 0
        self._written = 0
        self._due = 0.0

    def note(self, status: int, reason: str, remote: str, head: bytes, body: bytes) -> None:
        """Remember one refusal; of what it brought, the first 4 KiB of head and of body."""
        self._newest.append(
            {
                "at": time.time_ns() // 1_000,
                "status": status,
                "reason": reason,
                "remote": remote,
                "head": head[:KEPT_BYTES],
                "body": body[:KEPT_BYTES],
            }
        )
        self._noted += 1

    def use(self, database: Database) -> None:
        """Write into another store from now on."""
        self._database = database

    def seconds_until_due(self) -> float | None:
        """When there is something to write next; None when nothing waits."""
        if self._noted == self._written:
            return None
        return max(0.0, self._due - time.monotonic())

    def write(self) -> None:
        """Write what waits. When that fails it waits on, counted whole."""
        self._due = time.monotonic() + INTERVAL
        counted = self._noted - self._written
        rows = [self._newest.popleft() for _number in range(len(self._newest))]
        try:
            with self._database.writing() as connection:
                refusals.record(connection, rows, counted=counted)
        except SQLAlchemyError as error:
            log.warning("%d refusals could not be written yet. %s", counted, sqlite.explain(error))
            if sqlite.is_the_world(error):
                self._newest.extendleft(reversed(rows))
        else:
            self._written += counted
