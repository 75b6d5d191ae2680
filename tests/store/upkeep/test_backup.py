"""Backups: verified when they are made, listed, and only whole ones of this version are brought back."""

import sqlite3
from pathlib import Path

import pytest

from app import paths
from app.store import sqlite_copy
from app.store.database import open_existing
from app.store.places import place_counts
from app.store.upkeep import backup
from app.store.upkeep.backup import BackupFailed, Progress
from tests.factories import Store, make_event


@pytest.fixture
def file(store: Store) -> Path:
    """The store's file, with an event in it."""
    store.file(make_event())
    return Path(store.database.file)


def test_a_backup_can_be_opened_as_a_store(file: Path, tmp_path: Path) -> None:
    progress: list[Progress] = []
    made = backup.make(file, backup.name_in(tmp_path / "kept"), progressed=progress.append)
    assert progress[-1].is_checked
    (found,) = backup.listed(tmp_path / "kept")
    assert (found.file, found.size, found.is_daily) == (made.file, made.size, False)
    assert oct(made.file.stat().st_mode & 0o777) == "0o600"
    assert [each.name for each in (tmp_path / "kept").iterdir()] == [made.file.name]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    backup.bring_in(made.file, elsewhere / paths.DATABASE)
    database = open_existing(elsewhere)
    with database.reading() as connection:
        assert place_counts.counts(connection).views
    database.close()


def test_names_are_free_and_daily_ones_are_known(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    made = [backup.make(file, backup.name_in(folder, is_daily=daily)) for daily in (False, False, True, True)]
    assert len({each.file for each in made}) == 4
    assert sorted(each.is_daily for each in backup.listed(folder)) == [False, False, True, True]


def test_a_cancelled_backup_leaves_nothing(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept" / "arecibo 2026-01-01 00-00-00.sqlite3"
    with pytest.raises(sqlite_copy.GivenUp):
        backup.make(file, target, is_given_up=lambda: True)
    assert list(target.parent.iterdir()) == []


def test_nothing_is_overwritten(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "there.sqlite3"
    target.write_text("mine")
    with pytest.raises(BackupFailed, match="not overwritten"):
        backup.make(file, target)
    assert target.read_text() == "mine"


def test_without_a_store_or_room_the_reason_is_a_sentence(file: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="no error store"):
        backup.make(tmp_path / "none.sqlite3", tmp_path / "b.sqlite3")
    (tmp_path / "a file").write_text("")
    with pytest.raises(BackupFailed, match="cannot be made"):
        backup.make(file, tmp_path / "a file" / "b.sqlite3")


@pytest.mark.parametrize("kind", ["missing", "text", "other", "newer", "damaged"])
def test_only_a_whole_store_of_this_version_is_usable(file: Path, tmp_path: Path, kind: str) -> None:
    made = backup.make(file, tmp_path / "b.sqlite3").file
    if kind == "missing":
        made.unlink()
    elif kind == "text":
        made.write_text("x" * 5_000)
    elif kind == "damaged":
        with made.open("r+b") as opened:
            opened.seek(made.stat().st_size // 3 * 2)
            opened.write(b"\xff" * 60_000)
    else:
        with sqlite3.connect(made) as connection:
            change = "UPDATE alembic_version SET version_num = '9999'"
            connection.execute("DROP TABLE alembic_version" if kind == "other" else change)
        connection.close()
    with pytest.raises(BackupFailed):
        backup.bring_in(made, tmp_path / "incoming.sqlite3")
    assert not (tmp_path / "incoming.sqlite3").exists()


def test_what_was_set_aside_is_listed_apart(file: Path) -> None:
    aside = file.with_name(f"arecibo {backup.ASIDE} 2026-01-02 03-04-05.sqlite3")
    aside.write_text("x")
    (found,) = backup.set_aside(file.parent)
    assert (found.file, found.is_aside, found.at.hour) == (aside, True, 3)
    assert backup.listed(file.parent) == []
    assert backup.listed(file.parent / "nowhere") == []
