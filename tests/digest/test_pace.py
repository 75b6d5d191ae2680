"""The digest gathers what trickles in, and lets the receiver pass when it is behind a flood."""

from collections.abc import Sequence

import pytest
from msgspec import Struct

from app.digest import pace
from app.digest.pace import Pace
from app.store.queue.report_queue import Claim
from tests.factories import make_report

GATHER = 0.05


class Clock(Struct):
    """The time in seconds, to be moved by the test."""

    now: float = 1_000.0

    def micros(self) -> int:
        return int(self.now * 1_000_000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("app.digest.pace.time.monotonic", lambda: made.now)
    return made


def claimed(clock: Clock, newest: int, *, waited: float, through: int | None = None) -> Claim:
    oldest = make_report(1, at=clock.micros() - int(waited * 1_000_000))
    return Claim((oldest,), 0, newest if through is None else through, newest)


def pauses(clock: Clock, newest: Sequence[int], *, took: float, waited: float) -> list[float]:
    """The pauses after batches that took so long, with so many reports in the store at each claim."""
    flow = Pace(clock=clock.micros)
    found = []
    for number in newest:
        flow.claimed(claimed(clock, number, waited=waited))
        clock.now += took
        found.append(flow.after_batch())
        clock.now += found[-1]
    return found


def test_no_pause_at_an_everyday_rate(clock: Clock) -> None:
    assert pauses(clock, [100, 200, 300], took=0.05, waited=9) == [0, 0, 0]


def test_no_pause_while_an_old_backlog_is_worked_off(clock: Clock) -> None:
    assert pauses(clock, [100_000, 100_000, 100_000], took=0.05, waited=9) == [0, 0, 0]


def test_a_digest_that_is_behind_a_flood_gives_way_to_the_receiver(clock: Clock) -> None:
    first, *others = pauses(clock, [1_000, 2_000, 4_000], took=0.05, waited=1)
    assert first == 0
    assert others == pytest.approx([0.15, 0.15])


def test_a_digest_that_keeps_up_with_a_flood_does_not_pause(clock: Clock) -> None:
    assert pauses(clock, [1_000, 2_000, 4_000], took=0.05, waited=0.2) == [0, 0, 0]


@pytest.mark.parametrize("rate", [500, 1_000, 2_000, 2_900])
def test_a_pause_does_not_bring_the_next_one(clock: Clock, rate: int) -> None:
    """After a hiccup reports have waited, but what arrived during it is compared with all of its time."""
    flow = Pace(clock=clock.micros)
    newest = 0
    for took in (0.05, 2.0, 0.5, 0.5):
        flow.claimed(claimed(clock, newest, waited=2))
        clock.now += took
        newest += int(rate * took)
        assert flow.after_batch() == 0


def test_a_pause_has_an_end(clock: Clock) -> None:
    assert pauses(clock, [0, 100_000], took=2.0, waited=1)[-1] == pace.LONGEST_SECONDS


def test_a_trickle_is_gathered_and_the_first_after_a_quiet_time_is_not(clock: Clock) -> None:
    flow = Pace(GATHER, clock=clock.micros)
    assert flow.before_claim() == 0
    flow.claimed(claimed(clock, 1, waited=0))
    clock.now += 0.01
    assert flow.before_claim() == pytest.approx(GATHER - 0.01)
    clock.now += 1
    assert flow.before_claim() == 0


def test_what_one_batch_could_not_take_is_taken_at_once(clock: Clock) -> None:
    flow = Pace(GATHER, clock=clock.micros)
    flow.claimed(claimed(clock, 900, waited=0, through=500))
    assert flow.before_claim() == 0
