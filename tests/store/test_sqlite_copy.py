"""Copies of a database that others write to meanwhile: one snapshot, no wait, and it can be given up."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.store import sqlite_copy
from app.store.sqlite_copy import CopyFailed, GivenUp

ROWS = 3_000


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "source.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT INTO rows (text) VALUES (?)", [("x" * 2_000,)] * ROWS)
    connection.close()
    return file


def add_row(file: Path) -> None:
    connection = sqlite3.connect(file, timeout=5)
    with connection:
        connection.execute("INSERT INTO rows (text) VALUES ('later')")
    connection.close()


def test_a_copy_is_one_snapshot_though_others_commit_between_its_steps(source: Path, tmp_path: Path) -> None:
    target, steps = tmp_path / "copy.db", list[tuple[int, int]]()

    def progressed(done: int, total: int) -> None:
        steps.append((done, total))
        # Without the open snapshot, SQLite would begin anew after each of these.
        add_row(source)

    counts = sqlite_copy.copy(source, target, progressed=progressed, tables=("rows",))
    assert counts == {"rows": ROWS}
    assert len(steps) > 5
    assert [done for done, _total in steps] == sorted({done for done, _total in steps})
    assert steps[-1][0] == steps[-1][1]
    assert sqlite_copy.check(target, tables=("rows",)) == (None, {"rows": ROWS})
    assert not target.with_name("copy.db-wal").exists()
    assert sqlite_copy.value(source, "SELECT count(*) FROM rows") == ROWS + len(steps)


def test_a_copy_is_given_up_between_two_steps(source: Path, tmp_path: Path) -> None:
    asked = iter([False, False, True])
    with pytest.raises(GivenUp):
        sqlite_copy.copy(source, tmp_path / "copy.db", is_given_up=lambda: next(asked))
    sqlite_copy.remove(tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []


def test_a_check_finds_what_is_broken(source: Path) -> None:
    size = source.stat().st_size
    with source.open("r+b") as opened:
        opened.seek(size // 2)
        opened.write(b"\xff" * 8_192)
    try:
        fault, _counts = sqlite_copy.check(source)
    except CopyFailed as error:
        fault = str(error)
    assert fault


def test_a_check_is_given_up(source: Path) -> None:
    begun = threading.Event()

    def stop() -> bool:
        begun.set()
        return True

    give_up: Callable[[], bool] = stop
    with sqlite3.connect(source) as connection:
        connection.executemany("INSERT INTO rows (text) VALUES (?)", [("y",)] * 60_000)
    connection.close()
    with pytest.raises(GivenUp):
        sqlite_copy.check(source, is_given_up=give_up)
    assert begun.is_set()


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "text.db"
    file.write_text("no database" * 100)
    with pytest.raises(CopyFailed):
        sqlite_copy.value(file, "SELECT 1 FROM sqlite_schema")
    with pytest.raises(CopyFailed):
        sqlite_copy.value(tmp_path / "missing.db", "SELECT 1")
