"""How an upgrade of an older store says how far it is, and how it is given up."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store import sqlite
from app.store.database import HEAD, open_existing, open_for_engine
from app.store.errors import UpgradeGivenUp
from app.store.migrations import upgrade
from app.store.migrations.upgrade import UpgradeProgress
from app.store.queue import queue_overview
from tests.factories import NOON
from tests.older_store import store_of_version


def store_with_reports(folder: Path) -> None:
    """A store of version 0010 with enough in it for every script to have something to do."""
    row = f"number, {NOON}, 'plain', 'shop', number, '', x'', zeroblob(5000) FROM n"
    numbers = "WITH RECURSIVE n(number) AS (VALUES(1) UNION ALL SELECT number + 1 FROM n WHERE number < 500)"
    store_of_version(folder, "0010", [f"{numbers} INSERT INTO reports SELECT {row}"])


def test_an_upgrade_says_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "STEPS_BETWEEN_LOOKS", 20)
    store_with_reports(tmp_path)
    seen: list[UpgradeProgress] = []
    open_for_engine(tmp_path, upgrading=seen.append).database.close()
    assert {progress.steps for progress in seen} == {int(HEAD) - 10}
    assert {progress.step for progress in seen} == set(range(1, int(HEAD) - 9))
    assert [(each.step, each.share) for each in seen] == sorted((each.step, each.share) for each in seen)
    assert all(0 < progress.share < 1 for progress in seen)


def test_an_upgrade_that_is_given_up_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "STEPS_BETWEEN_LOOKS", 20)
    store_with_reports(tmp_path)
    seen: list[UpgradeProgress] = []

    def is_in_its_second_step() -> bool:
        return seen[-1].step == 2

    with pytest.raises(UpgradeGivenUp):
        open_for_engine(tmp_path, upgrading=seen.append, is_given_up=is_in_its_second_step)
    steps = seen[0].steps
    seen.clear()
    opened = open_for_engine(tmp_path, upgrading=seen.append).database
    with opened.reading() as connection:
        assert queue_overview.counters(connection).received == 500
    opened.close()
    assert {progress.steps for progress in seen} == {steps - 1}
    open_existing(tmp_path).close()


@given(st.integers(1, 10**12), st.integers(1, 10**9), st.integers(1, 10**6))
def test_a_share_grows_and_is_never_whole(done: int, expected: int, more: int) -> None:
    assert 0 < upgrade.share(done, expected) <= upgrade.share(done + more, expected) < 1
