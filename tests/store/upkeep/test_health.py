"""A store that is taken away is noticed, and one that comes back is in use again."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app import paths
from app.store.database import Database
from app.store.upkeep.health import StoreGone, StoreHealth, Trouble, TroubleKind


def watched(database: Database, heard: list[Trouble | None]) -> StoreHealth:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE state SET rejected = 0")
    health = StoreHealth(database.file, heard.append)
    health.begin()
    health.examine()
    return health


def replace(folder: Path) -> None:
    shutil.copy(folder / paths.DATABASE, folder / "copy")
    (folder / "copy").replace(folder / paths.DATABASE)


def put_a_folder_there(folder: Path) -> None:
    (folder / paths.DATABASE).rename(folder / "old")
    (folder / paths.DATABASE).mkdir()


FAULTS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda folder: (folder / paths.DATABASE).unlink(),
    "log deleted": lambda folder: (folder / f"{paths.DATABASE}-wal").unlink(),
    "index of the log deleted": lambda folder: (folder / f"{paths.DATABASE}-shm").unlink(),
    "replaced": replace,
    "a folder": put_a_folder_there,
    "folder deleted": shutil.rmtree,
    "folder moved": lambda folder: folder.rename(folder.with_name(f"{folder.name} moved")),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_takes_it_away_is_noticed_and_said_once(
    fault: str, database: Database, tmp_path: Path
) -> None:
    heard: list[Trouble | None] = []
    health = watched(database, heard)
    FAULTS[fault](tmp_path)
    with pytest.raises(StoreGone, match="no error is taken"):
        health.demand_in_place()
    health.examine()
    health.examine()
    (said,) = heard
    assert said is not None
    assert said.kind is TroubleKind.GONE
    assert health.refuses == said.message
    # Clients are told it, and any page on the web can be one.
    assert str(tmp_path) not in said.message
    tmp_path.mkdir(exist_ok=True)


def test_the_same_file_come_back_is_in_use_again(database: Database, tmp_path: Path) -> None:
    heard: list[Trouble | None] = []
    health = watched(database, heard)
    moved = tmp_path.with_name("elsewhere")
    tmp_path.rename(moved)
    health.examine()
    moved.rename(tmp_path)
    health.examine()
    assert [each and each.kind for each in heard] == [TroubleKind.GONE, None]
    assert health.refuses is None


def test_what_may_pass_refuses_nothing_and_what_is_worse_outranks_it(database: Database) -> None:
    heard: list[Trouble | None] = []
    health = watched(database, heard)
    health.failed("The disk is full")
    refused = [health.refuses]
    health.damaged("It is damaged")
    health.worked()
    health.failed("The disk is full")
    refused.append(health.refuses)
    assert refused == [None, "It is damaged"]
    health.sound()
    assert [each and each.kind for each in heard] == [TroubleKind.FAILING, TroubleKind.DAMAGED, None]
