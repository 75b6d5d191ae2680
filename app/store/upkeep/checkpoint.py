"""Moves the write-ahead log into the database file, so that the log stays short."""

import time
from collections.abc import Callable

from app.store import sqlite
from app.store.database import Database

PAUSE_SECONDS = 0.02


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
                known, self._log_pages = self._log_pages, sqlite.checkpoint(connection, self._log_pages)
                if self._log_pages == known or self._log_pages < sqlite.LONG_LOG_PAGES:
                    return
                # Under a flood the log is long again at once.
                time.sleep(PAUSE_SECONDS)
