"""Gives free pages of the database file back to the disk, and keeps the log short, while much is removed."""

import time

from app.store import sqlite
from app.store.database import Database

FREE_PAGES_AT_ONCE = 250
# How long a sweep waits for readers of the log, and for how long everybody waits with it, since that takes
# the write lock; then all others have their turn.
LOG_SECONDS = 3.0
LOG_PATIENCE_SECONDS = 0.01
PAUSE_SECONDS = 0.05


def tidy(database: Database) -> None:
    """Give back some of what is free, and keep the log short."""
    with database.maintaining() as connection:
        sqlite.give_back(connection, FREE_PAGES_AT_ONCE)
        # A reader may need the log for a while: what would be removed meanwhile makes it longer.
        until = time.monotonic() + LOG_SECONDS
        while sqlite.checkpoint(connection, busy_seconds=LOG_PATIENCE_SECONDS).is_busy:
            if time.monotonic() > until:
                break
            time.sleep(PAUSE_SECONDS)


def has_free_pages(database: Database) -> bool:
    """Whether there is anything to give back."""
    with database.reading() as connection:
        return sqlite.free_pages(connection) > 0
