"""When a report that failed is tried again, and when it is dead."""

from pathlib import Path

import pytest

from app.digest import tries
from app.digest.tries import Failure, Tries, failure_of
from app.settings import Settings
from tests.factories import NOON, SECOND, make_report

FAILURE = Failure("KeyError: 'x'", "Traceback …")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, retry_seconds=2, retry_attempts=5)


def test_pauses_grow_fourfold(settings: Settings) -> None:
    pauses = [tries.pause(settings, attempts) // SECOND for attempts in range(5)]
    assert pauses == [0, 2, 8, 32, 128]
    assert tries.longest_pause(settings) == 128 * SECOND


def test_the_last_try_leaves_a_dead_report(settings: Settings) -> None:
    made = Tries(settings, lambda: NOON)
    waiting, dead = (made.setback(make_report(1), attempts, FAILURE) for attempts in (4, 5))
    assert (waiting.due_at, waiting.dead) == (NOON + 128 * SECOND, False)
    assert (dead.due_at, dead.dead, dead.error) == (None, True, FAILURE.error)


def test_a_large_report_is_due_at_once_with_nothing_filed(settings: Settings) -> None:
    large = Tries(settings, lambda: NOON).set_aside(make_report(1))
    assert (large.attempts, large.due_at, large.filed) == (0, NOON, 0)


def test_a_failure_names_the_error_and_where_it_was_raised() -> None:
    try:
        raise ValueError("no total")
    except ValueError as error:
        failure = failure_of(error)
    assert failure.error == "ValueError: no total"
    assert "test_tries.py" in failure.traceback
