"""Whether another program keeps the store locked."""

import pytest

from app.store.database import Database
from app.store.failures import StatementFailure
from app.store.upkeep import write_lock


def test_a_free_lock_is_not_held(database: Database) -> None:
    assert not write_lock.is_held(database.file)


def test_a_lock_that_is_not_released_is_held(database: Database) -> None:
    with database.writing():
        assert write_lock.is_held(database.file)
    assert not write_lock.is_held(database.file)


def test_a_file_that_is_no_database_is_another_failure(database: Database) -> None:
    other = database.file.with_name("other.sqlite3")
    other.write_bytes(b"no database at all" * 1_000)
    with pytest.raises(StatementFailure):
        write_lock.is_held(other)
