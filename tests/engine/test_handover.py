"""An engine that gives way is asked for its folder."""

import threading
from pathlib import Path

import pytest

from app.engine import handover
from app.engine.cannot_start import CannotStart
from app.engine.folder_lock import FolderLock
from tests.end2end.engine_process import wait_until


def test_who_has_just_taken_the_folder_is_not_wanted(tmp_path: Path) -> None:
    (tmp_path / handover.WANTED).touch()
    handover.begin(tmp_path, yields=True)
    assert handover.yields(tmp_path)
    assert not handover.is_wanted(tmp_path)
    handover.begin(tmp_path, yields=False)
    assert not handover.yields(tmp_path)


def test_one_that_does_not_give_way_is_not_asked(tmp_path: Path) -> None:
    assert not handover.ask_until(tmp_path, lambda: False)
    assert list(tmp_path.iterdir()) == []


def test_it_is_asked_until_the_folder_is_free(tmp_path: Path) -> None:
    handover.begin(tmp_path, yields=True)
    assert handover.ask_until(tmp_path, lambda: handover.is_wanted(tmp_path))


def test_asking_can_be_given_up_and_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handover.begin(tmp_path, yields=True)
    assert not handover.ask_until(tmp_path, lambda: False, lambda: True)
    monkeypatch.setattr(handover, "WITHIN_SECONDS", 0.05)
    assert not handover.ask_until(tmp_path, lambda: False)


def test_the_lock_goes_to_who_asks(tmp_path: Path) -> None:
    theirs, ours = FolderLock(tmp_path, yields=True), FolderLock(tmp_path)
    has_it = threading.Event()

    def give_way() -> None:
        theirs.acquire()
        has_it.set()
        wait_until(lambda: handover.is_wanted(tmp_path), "somebody to ask")
        theirs.release()

    giving = threading.Thread(target=give_way)
    giving.start()
    has_it.wait(10.0)
    ours.acquire()
    giving.join()
    assert not handover.yields(tmp_path)
    ours.release()


def test_two_that_give_way_do_not_ask_each_other(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path, yields=True), FolderLock(tmp_path, yields=True)
    first.acquire()
    with pytest.raises(CannotStart) as refused:
        second.acquire()
    assert refused.value.kind == "data-dir-locked"
    assert not handover.is_wanted(tmp_path)
    first.release()
