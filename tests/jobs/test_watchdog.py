"""What hangs is seen, and what is only slow is left alone."""

import pytest

from app.jobs.watchdog import (
    ASLEEP_SECONDS,
    BUSY_SECONDS,
    IDLE_SECONDS,
    OTHER_JOB_SECONDS,
    PoolWork,
    Watchdog,
    WatchdogVerdict,
)
from app.store.queue.digest_progress import DigestProgress

IDLE = PoolWork(None, 7)
DIGESTS = PoolWork("digest", 7)
SWEEPS = PoolWork("retention", 7)
TICK = 0.5


class Trial:
    """A watchdog that is asked twice a second, and a process that uses as much processor as it is told."""

    def __init__(self, *, uses: float | None) -> None:
        self.now = 0.0
        self.uses = uses
        self.through = 0
        self.watchdog = Watchdog(0.0, self._cpu_seconds)

    def _cpu_seconds(self, _pid: int) -> float | None:
        return None if self.uses is None else self.now * self.uses

    def see(self, *, is_pending: bool = True) -> None:
        progress = DigestProgress(self.through, 0, 0, 0)
        self.watchdog.observe(progress, is_pending=is_pending, now=self.now)

    def seconds_until(
        self, verdict: WatchdogVerdict, work: PoolWork, most: float = 2 * OTHER_JOB_SECONDS
    ) -> float | None:
        began = self.now
        while self.now - began < most:
            self.now += TICK
            if self.watchdog.judge(work, self.now) is verdict:
                return self.now - began
        return None


@pytest.mark.parametrize(
    ("uses", "work", "seconds"),
    [
        (0.0, DIGESTS, ASLEEP_SECONDS),
        (0.0, SWEEPS, ASLEEP_SECONDS),
        (1.0, DIGESTS, BUSY_SECONDS),
        (None, DIGESTS, BUSY_SECONDS),
        (1.0, SWEEPS, OTHER_JOB_SECONDS),
    ],
)
def test_a_process_that_hangs_is_killed(uses: float | None, work: PoolWork, seconds: float) -> None:
    trial = Trial(uses=uses)
    trial.see()
    found = trial.seconds_until(WatchdogVerdict.KILL, work)
    assert found is not None
    assert seconds <= found <= seconds + IDLE_SECONDS + 2 * TICK


def test_a_digest_that_moves_is_left_alone_however_long_it_takes() -> None:
    trial = Trial(uses=1.0)
    for _batch in range(20):
        trial.through += 500
        trial.see()
        assert trial.seconds_until(WatchdogVerdict.KILL, DIGESTS, BUSY_SECONDS - 1) is None


def test_what_waits_while_nothing_runs_is_started_again_and_again() -> None:
    trial = Trial(uses=0.0)
    trial.see()
    for _time in range(3):
        assert trial.seconds_until(WatchdogVerdict.START, IDLE) == IDLE_SECONDS


def test_nothing_is_done_while_nothing_waits() -> None:
    trial = Trial(uses=0.0)
    trial.see(is_pending=False)
    assert trial.seconds_until(WatchdogVerdict.START, IDLE) is None
    trial.see()
    assert trial.seconds_until(WatchdogVerdict.START, IDLE) == IDLE_SECONDS


def test_a_suspended_engine_does_not_kill_its_digest() -> None:
    trial = Trial(uses=0.0)
    trial.see()
    trial.now += 3_600
    assert trial.watchdog.judge(DIGESTS, trial.now) is WatchdogVerdict.FINE
    assert trial.seconds_until(WatchdogVerdict.KILL, DIGESTS) is not None


def test_how_long_it_is_stalled_counts_also_while_runs_begin_and_fail() -> None:
    trial = Trial(uses=0.0)
    trial.see()
    for _run in range(10):
        trial.now += 2
        trial.watchdog.note_activity(trial.now)
        trial.see()
    assert trial.watchdog.stalled_seconds(trial.now) == 20
    trial.through = 1
    trial.see()
    assert trial.watchdog.stalled_seconds(trial.now) == 0
