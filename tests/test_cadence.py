"""When a job runs: a clock that is given, never slept."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cadence import Cadence

START = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVERY, PAUSE = 60, 2


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def cadence() -> Cadence:
    """One that was put to the scheduler at 0."""
    cadence = Cadence(every=EVERY, pause=PAUSE)
    assert cadence.get_next_fire_time(None, START) == at(EVERY)
    return cadence


def run(cadence: Cadence, planned: float, now: float | None = None) -> datetime:
    """It was due at `planned` and runs `now`; returns when it runs next."""
    return cadence.get_next_fire_time(at(planned), at(planned if now is None else now))


def test_with_nothing_to_do_it_runs_seldom(cadence: Cadence) -> None:
    assert run(cadence, 60) == at(120)
    assert cadence.learn(None, at(90)) == at(120)


def test_it_runs_when_it_is_due(cadence: Cadence) -> None:
    assert cadence.learn(at(31), at(5)) == at(31)
    assert run(cadence, 31) == at(91)


def test_what_is_due_later_than_the_next_look_is_not_forgotten_by_it(cadence: Cadence) -> None:
    assert cadence.learn(at(100), at(5)) == at(60)
    assert run(cadence, 60) == at(100)


def test_what_is_overdue_is_done_at_once_but_not_all_the_time(cadence: Cadence) -> None:
    assert cadence.learn(at(-10), at(30)) == at(PAUSE)
    assert run(cadence, PAUSE, now=30) == at(90), "it could not be done, so it waits for the next look"
    assert cadence.learn(at(-10), at(31)) == at(32), "somebody has written since"
    assert run(cadence, 32) == at(92)


def test_what_is_no_more_to_be_done_is_forgotten(cadence: Cadence) -> None:
    cadence.learn(at(20), at(5))
    assert cadence.learn(None, at(6)) == at(60)


def test_a_sleeping_laptop_catches_up(cadence: Cadence) -> None:
    cadence.learn(at(4000), at(5))
    assert run(cadence, 60, now=5000) == at(5060), "it has run behind the time when it was due"


@given(
    due=st.none() | st.integers(-100, 500),
    learnt=st.integers(0, 200),
    ran=st.lists(st.integers(0, 200), max_size=3),
)
def test_never_too_often_and_never_too_late(due: int | None, learnt: int, ran: list[int]) -> None:
    cadence = Cadence(every=EVERY, pause=PAUSE)
    cadence.get_next_fire_time(None, START)
    cadence.learn(None if due is None else at(due), at(learnt))
    for now in sorted(ran):
        following = run(cadence, now)
        assert at(now + PAUSE) <= following <= at(now + EVERY)
