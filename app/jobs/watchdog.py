"""The last resort that restarts the digest when everything else that wakes it has failed.

It acts if something is pending and nothing has moved for a while: it has the digest started; or, if the
digest runs but hangs (stopped by a signal, or in an endless loop), its process replaced. What moves is the
cursor, the tries of failed reports, and the store's revision.
"""

from collections.abc import Callable
from enum import Enum, auto

from msgspec import Struct

from app.store.queue.dead_letters import DIGEST
from app.store.queue.digest_progress import DigestProgress

# Long enough for a wake that is already under way.
IDLE_SECONDS = 5.0
# A process that uses no processor for this long will not go on: waits for locks are shorter.
ASLEEP_SECONDS = 20.0
# The slowest report that is accepted takes some seconds.
BUSY_SECONDS = 120.0
# Regrouping may work this long between two visible steps.
OTHER_JOB_SECONDS = 600.0
# `judge` is called twice a second: after a longer gap the engine was suspended, and saw no progress.
AWAY_SECONDS = 5.0
# Processor time, in seconds, that counts as work.
LEAST_WORK_SECONDS = 0.05


class WatchdogVerdict(Enum):
    """What is to be done: nothing, start the digest, or kill its process."""

    FINE = auto()
    START = auto()
    KILL = auto()


class PoolWork(Struct, frozen=True):
    """The job that the digest's process (`pid`) runs; None is none."""

    job: str | None
    pid: int | None


class Watchdog:
    """Judges by what `observe` and `note_activity` report. Times are seconds of a monotonic clock.

    `cpu_seconds` gives the processor time that a process has used; None where that is not known.
    """

    def __init__(self, now: float, cpu_seconds: Callable[[int], float | None]) -> None:
        self._cpu_seconds = cpu_seconds
        self._progress: DigestProgress | None = None
        self._is_pending = False
        self._active_at = self._worked_at = self._asked_at = self._progressed_at = now
        self._cpu: tuple[int, float] | None = None

    def inactive_seconds(self, now: float) -> float:
        """How long ago a run last began or ended, or the digest made progress."""
        return now - self._active_at

    def stalled_seconds(self, now: float) -> float:
        """For how long something has been pending without progress of the digest; 0 if nothing is pending."""
        return now - self._progressed_at if self._is_pending else 0.0

    def observe(self, progress: DigestProgress, *, is_pending: bool, now: float) -> bool:
        """Another process has written; returns whether that was the digest."""
        self._is_pending, begins = is_pending, is_pending and not self._is_pending
        has_moved = progress != self._progress
        self._progress = progress
        if has_moved or begins:
            self._progressed_at = now
            self.note_activity(now)
        return has_moved

    def note_activity(self, now: float) -> None:
        """A run has begun or ended."""
        self._active_at = self._worked_at = now

    def judge(self, work: PoolWork, now: float) -> WatchdogVerdict:
        """What is to be done."""
        away, self._asked_at = now - self._asked_at, now
        if away > AWAY_SECONDS:
            self.note_activity(now)
        inactive = now - self._active_at
        if work.job is None:
            if not self._is_pending or inactive < IDLE_SECONDS:
                return WatchdogVerdict.FINE
            self.note_activity(now)
            return WatchdogVerdict.START
        if inactive >= IDLE_SECONDS and work.pid is not None:
            self._measure_work(work.pid, now)
        longest = BUSY_SECONDS if work.job == DIGEST else OTHER_JOB_SECONDS
        is_asleep = self._cpu is not None and now - self._worked_at >= ASLEEP_SECONDS
        if inactive >= longest or (inactive >= ASLEEP_SECONDS and is_asleep):
            self.note_activity(now)
            return WatchdogVerdict.KILL
        return WatchdogVerdict.FINE

    def _measure_work(self, pid: int, now: float) -> None:
        used = self._cpu_seconds(pid)
        known, self._cpu = self._cpu, None if used is None else (pid, used)
        if known is None or used is None or known[0] != pid or used - known[1] >= LEAST_WORK_SECONDS:
            self._worked_at = now
            return
        # Counted in hundredths of a second, so small amounts of work add up.
        self._cpu = known
