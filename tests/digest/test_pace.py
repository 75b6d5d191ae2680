"""The digest lets the receiver pass when reports arrive in a flood, and only then."""

import pytest

from app.digest import pace
from app.digest.pace import Pace
from app.store.queue.report_queue import Claim


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be moved by the test."""
    now = [0.0]
    monkeypatch.setattr("app.digest.pace.time.monotonic", lambda: now[0])
    return now


def pauses(clock: list[float], newest: list[int], *, took: float) -> list[float]:
    """The pauses after batches that took so long, with so many reports in the store after each."""
    watching = Pace()
    said = []
    for number in newest:
        clock[0] += took
        said.append(watching.pause(Claim((), 0, 0, number)))
        clock[0] += said[-1]
    return said


def test_no_pause_at_an_everyday_rate(clock: list[float]) -> None:
    assert pauses(clock, [100, 200, 300], took=0.05) == [0, 0, 0]


def test_no_pause_while_an_old_backlog_is_worked_off(clock: list[float]) -> None:
    assert pauses(clock, [100_000, 100_000, 100_000], took=0.05) == [0, 0, 0]


def test_a_flood_gets_the_right_of_way(clock: list[float]) -> None:
    first, *others = pauses(clock, [1_000, 2_000, 4_000], took=0.05)
    assert first == 0
    assert others == pytest.approx([0.15, 0.15])


def test_a_pause_has_an_end(clock: list[float]) -> None:
    assert pauses(clock, [0, 100_000], took=2.0)[-1] == pace.LONGEST_SECONDS
