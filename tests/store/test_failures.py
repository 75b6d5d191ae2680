"""What a failed statement means, by real failures."""

import sqlite3
from pathlib import Path

import pytest

from app.store import failures
from app.store.database import Database
from app.store.failures import StatementFailure, StoreFailure


def test_a_lock_is_an_error_of_the_environment(database: Database) -> None:
    impatient = Database(database.file, busy_seconds=0.01, must_exist=True)
    with database.writing(), pytest.raises(StatementFailure) as caught, impatient.writing():
        pass
    impatient.close()
    assert failures.is_locked(caught.value)
    assert failures.is_environment_error(caught.value)
    assert failures.has_explanation(caught.value)
    assert not failures.is_damaged(caught.value)
    assert failures.explain(caught.value).startswith("The database is locked by another program")


def test_a_file_that_is_no_database_is_damaged_and_observers_hear_of_it(database: Database) -> None:
    file = database.file.with_name("other.sqlite3")
    file.write_bytes(b"no database at all" * 1_000)
    other = Database(file, must_exist=True)
    observed: list[tuple[Path, BaseException]] = []
    failures.damage_observers.append(lambda where, error: observed.append((where, error)))
    try:
        with pytest.raises(StoreFailure) as caught, other.reading() as connection:
            connection.exec_driver_sql("SELECT * FROM state").all()
    finally:
        failures.damage_observers.pop()
        other.close()
    assert failures.is_damaged(caught.value)
    assert file in [where for where, _error in observed]
    assert not failures.is_search_index_damaged(caught.value)


def test_a_mistake_of_ours_is_none_of_the_environment(database: Database) -> None:
    with database.reading() as connection, pytest.raises(StatementFailure) as caught:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")
    assert not failures.is_environment_error(caught.value)
    assert not failures.has_explanation(caught.value)


@pytest.mark.parametrize(
    ("code", "is_environment", "is_damaged"),
    [
        (sqlite3.SQLITE_FULL, True, False),
        (sqlite3.SQLITE_BUSY, True, False),
        (sqlite3.SQLITE_CORRUPT, True, True),
        (sqlite3.SQLITE_NOTADB, True, True),
        (sqlite3.SQLITE_CONSTRAINT, False, False),
    ],
)
def test_errors_of_the_environment_are_no_bugs(code: int, is_environment: bool, is_damaged: bool) -> None:
    error = sqlite3.OperationalError("so it is")
    error.sqlite_errorcode = code
    assert (failures.is_environment_error(error), failures.is_damaged(error)) == (is_environment, is_damaged)
    assert "so it is" in failures.explain(error)
