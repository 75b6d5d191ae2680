"""The backup of each day: made once a day, and the oldest ones go."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.settings import BackupPolicy
from app.store.upkeep import backup
from app.store.upkeep.daily_backup import DailyBackup
from tests.factories import Store

NOW = datetime.now(UTC)


@pytest.fixture
def file(store: Store) -> Path:
    return Path(store.database.file)


def old(file: Path, days: int) -> Path:
    at = NOW - timedelta(days=days)
    made = file.parent / backup.FOLDER / f"arecibo daily {at:%Y-%m-%d %H-%M-%S}.sqlite3"
    made.parent.mkdir(exist_ok=True)
    made.write_text("old")
    return made


def test_none_is_made_unless_it_is_wanted(file: Path) -> None:
    assert DailyBackup(file, BackupPolicy).run() == 0


def test_one_a_day_and_the_oldest_go(file: Path) -> None:
    kept, gone = old(file, 2), [old(file, 3), old(file, 4)]
    by_hand = backup.make(file, backup.name_in(file.parent / backup.FOLDER)).file
    daily = DailyBackup(file, lambda: BackupPolicy(daily=True, kept=2))
    assert (daily.run(), daily.run()) == (1, 0)
    assert kept.exists()
    assert by_hand.exists()
    assert not [each for each in gone if each.exists()]
    tomorrow = DailyBackup(
        file, lambda: BackupPolicy(daily=True, kept=2), now=lambda: datetime.now(UTC) + timedelta(days=1)
    )
    assert tomorrow.run() == 1


def test_an_engine_that_stops_makes_none(file: Path, tmp_path: Path) -> None:
    policy = BackupPolicy(daily=True, folder=tmp_path / "elsewhere")
    assert DailyBackup(file, lambda: policy, is_stopping=lambda: True).run() == 0
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert DailyBackup(file, lambda: policy).run() == 1
    assert len(backup.listed(tmp_path / "elsewhere")) == 1
