"""One engine at a time works on a data folder."""

import shutil
from pathlib import Path

import pytest

from app.engine import folder_lock
from app.engine.cannot_start import CannotStart
from app.engine.folder_lock import FolderLock


def test_a_second_engine_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.acquire()
    assert folder_lock.is_locked(tmp_path)
    with pytest.raises(CannotStart, match="Another Arecibo already works") as refused:
        second.acquire()
    assert refused.value.kind == "data-dir-locked"
    first.release()
    assert not folder_lock.is_locked(tmp_path)
    second.acquire()
    second.release()


def test_a_folder_without_a_lock_is_not_locked(tmp_path: Path) -> None:
    assert not folder_lock.is_locked(tmp_path)
    assert not folder_lock.is_locked(tmp_path / "nothing")


def test_a_folder_that_was_taken_away_is_locked_anew(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    lock = FolderLock(folder)
    lock.acquire()
    shutil.rmtree(folder)
    assert not folder_lock.is_locked(folder)
    lock.renew()
    assert folder_lock.is_locked(folder)
    lock.renew()
    lock.release()
    assert not folder_lock.is_locked(folder)


def test_a_folder_that_another_engine_has_taken_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    ours, theirs = FolderLock(folder), FolderLock(folder)
    ours.acquire()
    shutil.rmtree(folder)
    theirs.acquire()
    ours.renew()
    with pytest.raises(CannotStart):
        FolderLock(folder).acquire()
    theirs.release()
    ours.release()


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(OSError, match="data"):
        FolderLock(tmp_path / "data").acquire()
