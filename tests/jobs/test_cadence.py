"""When a job runs: a clock that is given, never slept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.jobs.cadence import Cadence

EVERY, PAUSE = 60.0, 2.0


@pytest.fixture
def cadence() -> Cadence:
    """One that was submitted to the scheduler at 0."""
    cadence = Cadence(every=EVERY, pause=PAUSE)
    cadence.submitted(0)
    assert cadence.next_run(0) == EVERY
    return cadence


def learn(cadence: Cadence, due: float | None, now: float) -> float:
    """There is something to do at `due`; returns when it runs next."""
    cadence.set_due(due, now)
    return cadence.next_run(now)


def run(cadence: Cadence, now: float) -> float:
    """It runs `now`; returns when it runs next."""
    cadence.submitted(now)
    return cadence.next_run(now)


def test_with_nothing_to_do_it_runs_seldom(cadence: Cadence) -> None:
    assert run(cadence, 60) == 120
    assert learn(cadence, None, 90) == 120


def test_it_runs_when_it_is_due(cadence: Cadence) -> None:
    assert learn(cadence, 31, 5) == 31
    assert run(cadence, 31) == 91


def test_what_is_due_behind_the_next_run_is_not_forgotten_by_it(cadence: Cadence) -> None:
    assert learn(cadence, 100, 5) == 60
    assert run(cadence, 60) == 100


def test_what_is_overdue_is_done_at_once_but_not_all_the_time(cadence: Cadence) -> None:
    assert learn(cadence, -10, 30) == PAUSE
    assert run(cadence, 30) == 90, "it could not be done, so it waits for the next news"
    assert learn(cadence, -10, 31) == 32, "somebody has written since"
    assert run(cadence, 32) == 92


def test_what_is_no_more_to_be_done_is_forgotten(cadence: Cadence) -> None:
    learn(cadence, 20, 5)
    assert learn(cadence, None, 6) == 60


def test_a_retry_is_not_forgotten_by_what_is_learnt_meanwhile(cadence: Cadence) -> None:
    cadence.set_retry(8)
    assert learn(cadence, None, 6) == 8
    assert run(cadence, 8) == 68
    cadence.set_retry(70)
    cadence.set_retry(None)
    assert cadence.next_run(9) == 68


def test_a_sleeping_laptop_catches_up(cadence: Cadence) -> None:
    cadence.set_due(4000, 5)
    assert run(cadence, 5000) == 5060, "it has run behind the time when it was due"


@given(
    due=st.none() | st.integers(-100, 500),
    learnt=st.integers(0, 200),
    retry=st.none() | st.integers(0, 300),
    ran=st.lists(st.integers(0, 200), max_size=3),
)
def test_never_too_late_and_only_a_retry_too_soon(
    due: int | None, learnt: int, retry: int | None, ran: list[int]
) -> None:
    cadence = Cadence(every=EVERY, pause=PAUSE)
    cadence.submitted(0)
    cadence.set_due(due, learnt)
    cadence.set_retry(retry)
    for now in sorted(ran):
        following = run(cadence, now)
        assert now < following <= now + EVERY
        assert following >= now + PAUSE or following == retry
