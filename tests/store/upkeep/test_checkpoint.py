"""The job that moves the log into the file."""

from app.store import sqlite
from app.store.database import Database
from app.store.upkeep.checkpoint import Checkpoint
from tests.factories import append, make_report


def log_bytes(database: Database) -> int:
    return database.file.with_name(database.file.name + sqlite.FILE_PARTS[1]).stat().st_size


def fill_log(database: Database, first: int) -> None:
    body = b"x" * sqlite.PAGE_BYTES
    append(
        database, *(make_report(number, body=body) for number in range(first, first + sqlite.LONG_LOG_PAGES))
    )


def test_a_long_log_is_overwritten_and_does_not_grow(database: Database) -> None:
    job = Checkpoint(database, lambda: False)
    fill_log(database, 1)
    job.run()
    before = log_bytes(database)
    fill_log(database, 10_000)
    assert log_bytes(database) < before * 1.2


def test_it_ends_when_it_is_to_stop(database: Database) -> None:
    fill_log(database, 1)
    before = log_bytes(database)
    Checkpoint(database, lambda: True).run()
    fill_log(database, 10_000)
    assert log_bytes(database) > before * 1.5
