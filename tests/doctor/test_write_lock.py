"""Finding: another program holds the store's write lock."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from app.doctor import write_lock
from app.doctor.finding import Severity
from app.settings import Settings
from tests.doctor.examining import examined, titles
from tests.factories import Store


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another connection holds the write lock."""
    with closing(sqlite3.connect(store.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_held_write_lock_is_a_problem(running: Store, settings: Settings) -> None:
    assert titles(examined(running, settings), Severity.PROBLEM) == []
    with locked(running):
        assert titles(examined(running, settings), Severity.PROBLEM) == [
            "Another program keeps the store locked."
        ]


def test_folder_without_a_store_has_no_finding(settings: Settings) -> None:
    assert list(write_lock.write_lock(settings)) == []
    assert list(settings.data_dir.iterdir()) == []
