"""Retries jobs: soon after an exception, and after growing pauses if a run could not even start."""

from collections.abc import Sequence

from app.jobs.digest_runs import DigestRuns
from app.jobs.job import WAKE_DIGEST, Job
from app.jobs.schedule import Schedule
from app.store.queue.dead_letters import DIGEST

# The pause before a job that raised is tried again: the cause may be gone by then.
AFTER_EXCEPTION_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 30.0


class Retries:
    """Counts each job's consecutive failures before it could do anything. Safe from any thread.

    The digest is not scheduled by itself: the job that wakes it retries it.
    """

    def __init__(self, jobs: Sequence[Job], schedule: Schedule, digest_runs: DigestRuns) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._schedule = schedule
        self._digest_runs = digest_runs
        self._failures: dict[str, int] = {}

    def succeeded(self, name: str) -> None:
        """A run ended well."""
        self.forget(name)
        self._schedule.clear_retry(_retried_by(name))

    def raised(self, name: str) -> None:
        """A run raised: try it again soon if something waits for the job, otherwise at its usual time."""
        self.forget(name)
        job = self._jobs.get(_retried_by(name))
        if job is not None and job.due is not None:
            self._schedule.retry(job.name, AFTER_EXCEPTION_SECONDS)

    def not_started(self, name: str) -> None:
        """A run could not be started."""
        self._pause(name, self._count(name))

    def digest_died(self) -> None:
        """The digest's process died during a run: the first time, start the next run at once."""
        failures = self._count(DIGEST)
        if failures == 1:
            self._digest_runs.request()
            self._digest_runs.ended()
        else:
            self._pause(DIGEST, failures - 1)

    def forget(self, name: str) -> None:
        """The job has done something: forget its earlier failures."""
        self._failures.pop(name, None)

    def _count(self, name: str) -> int:
        failures = self._failures[name] = self._failures.get(name, 0) + 1
        return failures

    def _pause(self, name: str, failures: int) -> None:
        seconds = min(LONGEST_PAUSE_SECONDS, 2.0 ** (failures - 1))
        if name == DIGEST:
            self._digest_runs.pause(seconds)
        self._schedule.retry(_retried_by(name), seconds)


def _retried_by(name: str) -> str:
    return WAKE_DIGEST if name == DIGEST else name
