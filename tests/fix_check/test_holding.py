"""Whether an error is gone, by what came since its file was saved."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fix_check.holding import BURST, Verdict, judge, usual_pause

SAVED = datetime(2026, 11, 30, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(*minutes: float) -> list[datetime]:
    return [SAVED + each * MINUTE for each in minutes]


@pytest.mark.parametrize(
    ("now", "arrivals", "reruns", "verdict", "times", "quiet"),
    [
        # Once only: nothing is usual.
        (500, (-10,), (), Verdict.NOT_SEEN, 0, None),
        (1, (-10, -8, -6), (), Verdict.NOT_SEEN, 0, 0.5),
        (10, (-10, -8, -6), (), Verdict.HOLDS, 0, 5.0),
        # Its request ran, before and after.
        (1, (-10,), (-3, 0.5, 0.7), Verdict.HOLDS, 2, None),
        (1, (-10,), (-3,), Verdict.NOT_SEEN, 0, None),
        (100, (-10, -8, 3, 4), (5,), Verdict.SEEN, 2, None),
        # The clock was set back.
        (-5, (-10, -8), (), Verdict.NOT_SEEN, 0, 0.0),
    ],
)
def test_verdicts(
    now: float,
    arrivals: tuple[float, ...],
    reruns: tuple[float, ...],
    verdict: Verdict,
    times: int,
    quiet: float | None,
) -> None:
    found = judge(SAVED, SAVED + now * MINUTE, at(*arrivals), at(*reruns))
    assert (found.verdict, found.times, found.quiet) == (verdict, times, quiet)


def test_a_burst_is_one_time_that_it_came() -> None:
    burst = [SAVED + timedelta(seconds=number / 10) for number in range(50)]
    assert usual_pause(burst) is None
    assert usual_pause([*burst, SAVED + 30 * MINUTE]) == 30 * MINUTE - timedelta(seconds=4.9)


@given(st.lists(st.floats(-1e4, -1), max_size=20), st.lists(st.floats(-1e4, 1e4), max_size=5))
def test_without_an_event_since_it_was_never_seen(arrivals: list[float], reruns: list[float]) -> None:
    found = judge(SAVED, SAVED + MINUTE, at(*arrivals), at(*reruns))
    assert found.verdict is not Verdict.SEEN
    assert found.usual is None or found.usual >= BURST
    assert (found.verdict is Verdict.HOLDS) >= any(each > SAVED for each in at(*reruns))
