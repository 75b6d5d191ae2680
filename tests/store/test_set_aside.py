"""A store is set aside whole, whenever the engine is killed."""

from pathlib import Path

import pytest

from app.store import set_aside

PARTS = ("", "-wal", "-shm")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for part in PARTS:
        (tmp_path / f"arecibo.sqlite3{part}").write_text(f"part {part}")
    return tmp_path / "arecibo.sqlite3"


def contents(aside: Path) -> list[str]:
    return [aside.with_name(aside.name + part).read_text() for part in PARTS]


def test_it_is_moved_whole_and_waits_to_be_carried_over(file: Path) -> None:
    aside = set_aside.set_aside(file, "damaged")
    assert contents(aside) == ["part ", "part -wal", "part -shm"]
    assert not file.exists()
    assert set_aside.waiting(file) == [aside]
    set_aside.forget(aside)
    assert set_aside.waiting(file) == []


def test_two_within_a_second_have_names_of_their_own(file: Path) -> None:
    first = set_aside.set_aside(file, "damaged")
    file.write_text("another")
    second = set_aside.set_aside(file, "damaged")
    assert first != second
    assert set_aside.waiting(file) == [first, second]


@pytest.mark.parametrize("moved", range(4))
def test_a_kill_between_two_steps_is_made_good(moved: int, file: Path) -> None:
    aside = set_aside.name_for(file, "damaged")
    set_aside.mark(aside)
    for part in PARTS[:moved]:
        file.with_name(file.name + part).rename(aside.with_name(aside.name + part))
    set_aside.complete(file)
    if moved:
        assert contents(aside) == ["part ", "part -wal", "part -shm"]
        assert set_aside.waiting(file) == [aside]
    else:
        assert contents(file) == ["part ", "part -wal", "part -shm"]
        assert set_aside.waiting(file) == []
    assert not [each for each in file.parent.iterdir() if "salvage" in each.name] or moved


def test_a_fresh_store_is_left_alone_by_what_is_completed(file: Path) -> None:
    aside = set_aside.set_aside(file, "damaged")
    for part in PARTS:
        file.with_name(file.name + part).write_text("fresh")
    set_aside.complete(file)
    assert contents(file) == ["fresh"] * 3
    assert contents(aside) == ["part ", "part -wal", "part -shm"]
