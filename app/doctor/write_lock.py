"""Finding: another program holds the store's write lock, so that nothing can be written."""

import time
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app import paths
from app.doctor.finding import Finding, Severity
from app.settings import Settings
from app.store import sqlite
from app.store.database import Database

PATIENCE_SECONDS = 1.5
KNOCK_SECONDS = 0.1


def write_lock(settings: Settings) -> Iterator[Finding]:
    """Whether another program holds the lock: takes it for a moment, and waits up to two seconds for it."""
    file = settings.data_dir / paths.DATABASE
    if not file.exists():
        return
    with closing(Database(file, durable=False, busy_seconds=KNOCK_SECONDS, must_exist=True)) as database:
        try:
            with database.maintaining() as connection:
                is_held = _is_held(database, connection)
        except DBAPIError:
            # Other faults of the store are other findings.
            return
    if is_held:
        yield Finding(
            severity=Severity.PROBLEM,
            title="Another program keeps the store locked.",
            meaning="Nothing can be written: errors are answered with 503, and the digest waits.",
            advice=f"Close what has {file} open, such as a database browser or a backup.",
        )


def _is_held(database: Database, connection: Connection) -> bool:
    """Whether nobody could commit in that time. Under a flood the engine takes the lock again at once."""
    version = sqlite.data_version(connection)
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            with database.writing():
                return False
        except DBAPIError as error:
            if not sqlite.is_locked(error):
                raise
        if sqlite.data_version(connection) != version:
            return False
    return True
