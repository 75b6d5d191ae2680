"""Checks that the clock is right and the digest works, repairs what it can, and records what is wrong.

`store.watch` calls it twice a second. Its findings are stored for the doctor.
"""

import logging
import threading

from app.jobs.clock_jumps import Clocks, Jump, JumpDetector
from app.jobs.cpu_time import cpu_seconds
from app.jobs.digest_pool import DigestPool
from app.jobs.digest_runs import DigestRuns
from app.jobs.job import PROCESS, Job
from app.jobs.schedule import name_of
from app.jobs.watchdog import PoolWork, Watchdog, WatchdogVerdict
from app.store.database import Connection
from app.store.engine_state import engine_findings
from app.store.engine_state.engine_findings import FindingKind
from app.store.queue import digest_progress

log = logging.getLogger(__name__)

STALLED_SECONDS = 15.0
# A smaller jump does no harm: jobs are only planned again.
JUMP_WORTH_NOTING_SECONDS = 5.0


class Supervisor:
    """Of one engine. `store_changed` and `check` are called by one thread, the rest by any."""

    def __init__(self, clocks: Clocks, digest_runs: DigestRuns, pool: DigestPool, longest_pause: int) -> None:
        self._clocks = clocks
        self._digest_runs = digest_runs
        self._pool = pool
        self._longest_pause = longest_pause
        self._jumps = JumpDetector(clocks)
        self._watchdog = Watchdog(clocks.monotonic(), cpu_seconds)
        self._guard = threading.Lock()
        # What is to be written into the store: since when (in microseconds) and what, or None for no more.
        self._unwritten: dict[FindingKind, tuple[int, str] | None] = {
            FindingKind.DIGEST_STALLED: None,
            FindingKind.DIGEST_NOT_STARTED: None,
        }
        self._is_stalled = False
        self._is_not_started = False

    def check_clock(self) -> Jump | None:
        """The wall clock's jump since the last check; None when there was none."""
        jump = self._jumps.check()
        if jump is None:
            return None
        where = "ahead" if jump.seconds > 0 else "back"
        log.warning("The clock went %.0f seconds %s; all jobs are planned anew", abs(jump.seconds), where)
        if abs(jump.seconds) >= JUMP_WORTH_NOTING_SECONDS and not jump.slept:
            self._note(FindingKind.CLOCK_JUMPED, (self._clocks.wall_micros(), f"{jump.seconds:+.0f}"))
        return jump

    def job_began(self, job_id: str) -> None:
        """A job has been submitted. It only waits if another job of its process is running."""
        if self._pool.unfinished[:1] == (job_id,):
            self._watchdog.note_activity(self._clocks.monotonic())

    def job_ended(self, job: Job | None) -> None:
        """A run of a job has ended."""
        if job is not None and job.executor == PROCESS:
            self._watchdog.note_activity(self._clocks.monotonic())

    def digest_not_started(self, why: str) -> None:
        """The digest's process could not be started."""
        if not self._is_not_started:
            self._is_not_started = True
            self._note(FindingKind.DIGEST_NOT_STARTED, (self._clocks.wall_micros(), why))

    def digest_ran(self) -> None:
        """A run of the digest has ended, well or not."""
        if self._is_not_started:
            self._is_not_started = False
            self._note(FindingKind.DIGEST_NOT_STARTED, None)

    def store_changed(self, connection: Connection) -> bool:
        """Another process has written; returns whether the digest has made progress."""
        now = self._clocks.wall_micros()
        pending = digest_progress.is_anything_pending(connection, now, self._longest_pause)
        progress = digest_progress.progress(connection)
        return self._watchdog.observe(progress, is_pending=pending, now=self._clocks.monotonic())

    def check(self, connection: Connection) -> bool:
        """Replace a process that hangs; returns whether the digest is to be started."""
        now = self._clocks.monotonic()
        jobs = [name_of(job_id) for job_id in self._pool.unfinished]
        work = PoolWork(jobs[0] if jobs else None, self._pool.pid)
        inactive = self._watchdog.inactive_seconds(now)
        verdict = self._watchdog.judge(work, now)
        self._note_stall(self._watchdog.stalled_seconds(now), ", ".join(jobs))
        self._write(connection)
        if verdict is WatchdogVerdict.KILL:
            log.error("The digest's process (%s) did nothing for %.0f s, and is replaced", work.pid, inactive)
            self._pool.replace()
        if verdict is not WatchdogVerdict.START or self._digest_runs.is_paused:
            return False
        log.warning("Reports wait, and the digest does not run: it is started")
        if self._digest_runs.is_running:
            self._digest_runs.pause(0.0)
        return True

    def _note_stall(self, stalled_seconds: float, jobs: str) -> None:
        is_stalled = stalled_seconds >= STALLED_SECONDS
        if is_stalled == self._is_stalled:
            return
        self._is_stalled = is_stalled
        since = self._clocks.wall_micros() - int(stalled_seconds * 1_000_000)
        doing = f"Its process is at work on: {jobs}." if jobs else "It does not run."
        self._note(FindingKind.DIGEST_STALLED, (since, doing) if is_stalled else None)

    def _note(self, kind: FindingKind, found: tuple[int, str] | None) -> None:
        with self._guard:
            self._unwritten[kind] = found

    def _write(self, connection: Connection) -> None:
        with self._guard:
            unwritten, self._unwritten = self._unwritten, {}
        try:
            for kind, found in unwritten.items():
                if found is None:
                    engine_findings.clear(connection, kind)
                else:
                    engine_findings.note(connection, kind, *found)
        except BaseException:
            with self._guard:
                self._unwritten = unwritten | self._unwritten
            raise
