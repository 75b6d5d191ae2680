"""Moves the write-ahead log into the database file, so that the log stays short."""

import time
from collections.abc import Callable

from app.store import sqlite
from app.store.database import Database

# Until the next look at a log that was long: 1,500 reports of 7 kB a second make it 60 MB longer each second.
# Looked at only every other second, it grew beyond `sqlite.MOST_LOG_BYTES` and was cut back each time: half
# of all commits appended to a growing file, which took 830 µs each instead of 340.
PAUSE_SECONDS = 0.25


class Checkpoint:
    """The job for one store; `is_stopping` is called between two checkpoints of a flood."""

    def __init__(self, database: Database, is_stopping: Callable[[], bool]) -> None:
        self._database = database
        self._is_stopping = is_stopping
        self._log_pages = 0

    def run(self) -> None:
        """Checkpoint until the log is short."""
        with self._database.maintaining() as connection:
            while not self._is_stopping():
                known, self._log_pages = self._log_pages, sqlite.checkpoint(connection, self._log_pages).pages
                if self._log_pages == known or self._log_pages < sqlite.LONG_LOG_PAGES:
                    return
                # Under a flood it is long again by then.
                time.sleep(PAUSE_SECONDS)
