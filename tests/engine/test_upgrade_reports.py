"""What a person sees of an upgrade's progress."""

import itertools

from app.engine.child_protocol import StoreUpgrading
from app.engine.upgrade_reports import UpgradeReports
from app.store.migrations.upgrade import UpgradeProgress


def test_a_short_upgrade_is_not_reported_and_a_long_one_calmly() -> None:
    now = 100.0
    seen: list[tuple[float, StoreUpgrading]] = []
    reports = UpgradeReports(lambda shown: seen.append((now, shown)), lambda: now)
    for eighth in range(16):
        now = 100 + eighth / 8
        reports.progressed(UpgradeProgress(2, 3, eighth / 16))
    assert [at - 100 for at, _shown in seen] == [1.0, 1.25, 1.5, 1.75]
    assert seen[0][1] == StoreUpgrading(2, 3, 50)
    assert seen[0][1].sentence == "Updating the store: step 2 of 3, 50 %"


def test_what_has_not_moved_is_not_reported_again() -> None:
    seen: list[StoreUpgrading] = []
    seconds = itertools.count(step=2.0)
    reports = UpgradeReports(seen.append, lambda: next(seconds))
    for share in (0.501, 0.502, 0.503, 0.504):
        reports.progressed(UpgradeProgress(1, 1, share))
    assert seen == [StoreUpgrading(1, 1, 50)]
