"""Free pages go back to the disk, some at a time, and the log begins anew."""

import pytest

from app.store import sqlite
from app.store.database import Database
from app.store.upkeep import file_space
from tests.factories import append, make_report


def fill(database: Database, first: int, count: int) -> None:
    body = b"x" * sqlite.PAGE_BYTES
    append(database, *(make_report(number, body=body) for number in range(first, first + count)))


def test_free_pages_are_given_back_some_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_space, "FREE_PAGES_AT_ONCE", 10)
    fill(database, 1, 30)
    with database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM reports WHERE id < 30")
    with database.reading() as connection:
        free = sqlite.free_pages(connection)
    file_space.tidy(database)
    with database.reading() as connection:
        assert sqlite.free_pages(connection) == free - 10
    while file_space.has_free_pages(database):
        file_space.tidy(database)
    with database.reading() as connection:
        assert sqlite.free_pages(connection) == 0


def test_a_long_log_begins_anew(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "LONG_LOG_PAGES", 50)
    log = database.file.with_name(database.file.name + sqlite.FILE_PARTS[1])
    fill(database, 1, 60)
    file_space.tidy(database)
    before = log.stat().st_size
    fill(database, 100, 20)
    assert log.stat().st_size == before
