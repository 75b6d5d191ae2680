"""Checks whether another program holds the write lock of the store."""

import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.store import failures, sqlite
from app.store.database import Database

PATIENCE_SECONDS = 1.5
ATTEMPT_SECONDS = 0.1


def is_held(file: Path) -> bool:
    """Whether the write lock of the store `file` is held by others for two seconds. Takes it for a moment.

    Raises `StatementFailure` for whatever else is wrong with the store.
    """
    with (
        closing(Database(file, durable=False, busy_seconds=ATTEMPT_SECONDS, must_exist=True)) as database,
        database.maintaining() as connection,
    ):
        return _is_held(database, connection)


def _is_held(database: Database, connection: Connection) -> bool:
    """False if any other program gets the lock: under a flood the engine retakes it at once."""
    version = sqlite.data_version(connection)
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            with database.writing():
                return False
        except DBAPIError as error:
            if not failures.is_locked(error):
                raise
        if sqlite.data_version(connection) != version:
            return False
    return True
