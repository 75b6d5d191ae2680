"""Opening a store: new, old, newer, damaged, missing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app import paths
from app.store import database as module
from app.store.database import Database, open_existing, open_for_engine
from app.store.errors import DatabaseMissing, DatabaseTooNew, DatabaseTooOld, DatabaseUnusable
from app.store.inbox.lists import issues
from app.store.migrations import upgrade
from app.store.queue import queue_overview
from app.store.schema import metadata
from tests.factories import Store, make_event


def set_version(folder: Path, version: str) -> None:
    with closing(sqlite3.connect(folder / paths.DATABASE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))


def test_a_new_store_has_what_the_schema_says(database: Database) -> None:
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
    # The search index is SQLite's own affair: its tables are not in the schema.
    assert [d for d in differences if "event_search" not in str(d)] == []


def test_head_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(Path(upgrade.__file__).parent))
    assert scripts.get_current_head() == module.HEAD


def test_the_file_gives_its_space_back_and_is_in_wal_mode(database: Database) -> None:
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA auto_vacuum").scalar() == 2


def test_a_durable_store_syncs_every_commit_and_another_does_not(database: Database, tmp_path: Path) -> None:
    relaxed = open_existing(tmp_path, durable=False)
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    with relaxed.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
    relaxed.close()


def test_what_was_stored_is_there_after_opening_again(tmp_path: Path) -> None:
    first = open_for_engine(tmp_path).database
    Store(first).file(make_event("ValueError", "seven"))
    first.close()
    opened = open_for_engine(tmp_path)
    assert opened.notice is None
    with opened.database.reading() as connection:
        assert [issue.title for issue in issues.page(connection, issues.IssueFilter())] == [
            "ValueError: seven"
        ]
    opened.database.close()


def test_a_write_that_raises_leaves_no_trace(store: Store) -> None:
    def interrupted(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE state SET rejected = 7")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.write(interrupted)
    assert store.read(queue_overview.status).rejected == 0


def test_a_missing_store_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="Start Arecibo"):
        open_existing(tmp_path)


@pytest.mark.parametrize("opener", [open_for_engine, open_existing])
def test_a_newer_store_is_refused_with_a_sentence(tmp_path: Path, opener: object) -> None:
    open_for_engine(tmp_path).database.close()
    set_version(tmp_path, "9999")
    with pytest.raises(DatabaseTooNew, match="newer Arecibo"):
        opener(tmp_path)  # type: ignore[operator]


def test_an_older_store_waits_for_the_engine(tmp_path: Path) -> None:
    open_for_engine(tmp_path).database.close()
    set_version(tmp_path, "0000")
    with pytest.raises(DatabaseTooOld, match="upgrade"):
        open_existing(tmp_path)


def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / paths.DATABASE).write_bytes(b"These are not the pages you are looking for. " * 200)
    opened = open_for_engine(tmp_path)
    assert opened.notice is not None
    assert "set aside" in opened.notice
    (aside,) = tmp_path.glob("* damaged *")
    assert aside.read_bytes().startswith(b"These are not")
    with opened.database.reading() as connection:
        assert queue_overview.status(connection).received == 0
    opened.database.close()


def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    first = open_for_engine(tmp_path).database
    filling = Store(first)
    for n in range(50):
        filling.file(make_event(value=str(n), function=f"f{n}"))
    with first.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    first.close()
    file = tmp_path / paths.DATABASE
    content = bytearray(file.read_bytes())
    content[8192:40960] = b"\xa5" * (40960 - 8192)
    file.write_bytes(content)
    opened = open_for_engine(tmp_path)
    assert opened.notice is not None
    opened.database.close()


def test_a_data_folder_that_is_a_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseUnusable, match="--data-dir"):
        open_for_engine(tmp_path / "file")


def test_a_database_that_rests_can_still_be_used(tmp_path: Path) -> None:
    database = open_for_engine(tmp_path).database
    other = Database(database.file, cache_bytes=1 << 20, must_exist=True)
    with other.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == -1024
    other.rest()
    with other.reading() as connection:
        assert queue_overview.status(connection).received == 0
    other.close()
    database.close()
