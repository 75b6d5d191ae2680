"""What only SQLite knows: the log, and what its errors mean."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from app import paths
from app.store import failures, sqlite
from app.store.database import Database
from app.store.schema import reports
from tests.factories import append, make_report

ADD = "INSERT INTO projects (id, name, created_at) VALUES (?, ?, ?)"


def log_pages(database: Database) -> int:
    with database.maintaining() as connection:
        _busy, pages, _moved = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
    return int(pages)


def fill_log(database: Database) -> None:
    body = b"x" * sqlite.PAGE_BYTES
    append(database, *(make_report(n, body=body) for n in range(1, sqlite.LONG_LOG_PAGES + 10)))


def test_what_the_driver_raises_is_a_failure_of_the_statement_and_damage_is_observed(
    database: Database, tmp_path: Path
) -> None:
    seen: list[Path] = []
    observer = lambda file, _error: seen.append(file)  # noqa: E731 - is removed again
    failures.damage_observers.append(observer)
    try:
        with database.maintaining() as connection:
            sqlite.execute(connection, ADD, (1, "shop", 1))
            with pytest.raises(IntegrityError):
                sqlite.execute(connection, ADD, (1, "shop", 1))
            assert seen == []
            # The first page of the table's content is overwritten behind SQLite's back.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        with database.maintaining() as connection:
            root = connection.exec_driver_sql(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'projects'"
            ).scalar()
            with database.file.open("r+b") as file:
                file.seek((int(root or 0) - 1) * sqlite.PAGE_BYTES)
                file.write(b"\xff" * sqlite.PAGE_BYTES)
        with Database(database.file).maintaining() as connection, pytest.raises(DatabaseError):
            sqlite.execute(connection, ADD, (2, "till", 1))
        assert seen == [database.file]
    finally:
        failures.damage_observers.remove(observer)


def test_a_short_log_is_left_to_grow(database: Database) -> None:
    append(database, make_report(1))
    with database.maintaining() as connection:
        assert 0 < sqlite.checkpoint(connection).pages < sqlite.LONG_LOG_PAGES


def test_a_long_log_begins_anew(database: Database, tmp_path: Path) -> None:
    fill_log(database)
    with database.maintaining() as connection:
        pages, is_busy = sqlite.checkpoint(connection)
        assert pages >= sqlite.LONG_LOG_PAGES
        assert not is_busy
        # Nobody has written since: there is nothing to begin anew.
        assert sqlite.checkpoint(connection, pages) == (pages, False)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE state SET rejected = 1")
    assert log_pages(database) < 10
    assert (tmp_path / (paths.DATABASE + "-wal")).stat().st_size <= sqlite.MOST_LOG_BYTES


def test_a_long_log_begins_anew_when_it_is_not_read_any_more(database: Database) -> None:
    with database.maintaining() as connection:
        with database.reading() as reader:
            reader.exec_driver_sql("SELECT * FROM state").all()
            fill_log(database)
            assert sqlite.checkpoint(connection, busy_seconds=0.01).is_busy
        assert not sqlite.checkpoint(connection, busy_seconds=0.01).is_busy
    append(database, make_report(10_001))
    assert log_pages(database) < 10


def test_a_reader_of_the_log_blocks_no_writer(database: Database) -> None:
    with database.reading() as reader:
        reader.exec_driver_sql("SELECT * FROM state").all()
        fill_log(database)
        with database.maintaining() as connection:
            assert sqlite.checkpoint(connection).pages >= sqlite.LONG_LOG_PAGES
        with database.writing() as connection:
            connection.exec_driver_sql("UPDATE state SET rejected = 1")


def busy_timeout(database: Database) -> int:
    with database.writing() as connection:
        return int(connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one())


def test_a_writer_waits_for_the_lock_as_long_as_its_patience(database: Database) -> None:
    impatient = Database(database.file, busy_seconds=0.02)
    with database.writing(), pytest.raises(OperationalError) as raised, impatient.writing():
        pass
    assert failures.is_locked(raised.value)
    assert busy_timeout(impatient) == 20
    impatient.close()


def test_a_writer_gets_the_lock_once_it_is_free(database: Database) -> None:
    got: list[int] = []
    waiting = threading.Thread(target=lambda: got.append(busy_timeout(database)))
    with database.writing():
        waiting.start()
    waiting.join()
    assert got == [sqlite.BUSY_SECONDS * 1000]


def test_many_rows_are_added_or_none(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as connection:
        sqlite.execute_many(connection, ADD, [(1, "shop", 1), (1, "mail", 1)])
    with database.reading() as connection:
        assert list(sqlite.rows(connection, "SELECT id FROM projects WHERE id = ?", (1,))) == []


def test_any_number_of_values_is_one_parameter(database: Database) -> None:
    append(database, *(make_report(number) for number in range(1, 4)))
    many = [2, 3, *range(100, 100_000)]
    with database.reading() as connection:
        query = select(reports.c.id).where(sqlite.among(reports.c.id, "ids"))
        assert list(connection.scalars(query, {"ids": sqlite.values_of(many)})) == [2, 3]
        assert not list(connection.scalars(query, {"ids": sqlite.values_of([])}))


def test_what_is_removed_is_overwritten_only_where_that_costs_no_page(database: Database) -> None:
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 2
