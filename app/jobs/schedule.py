"""Has APScheduler run the jobs when their cadences say so.

APScheduler compares times of the wall clock. Each is computed from a monotonic time, and again (`replan`)
when the wall clock has jumped.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_SUBMITTED,
    JobExecutionEvent,
    JobSubmissionEvent,
)
from apscheduler.executors.base import BaseExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from app.jobs.cadence import Cadence
from app.jobs.clock_jumps import Clocks
from app.jobs.job import Job
from app.model import to_micros
from app.store.engine_state.run_log import timed

log = logging.getLogger(__name__)

# Separates a job's name and the number of its run, for jobs whose runs have ids of their own.
RUN = "#"
AFTER_A_FAULT_SECONDS = 1.0


class Schedule:
    """Owns the scheduler. `began` and `ended` are called with each run's events. Safe from any thread."""

    def __init__(
        self,
        jobs: Sequence[Job],
        executors: Mapping[str, BaseExecutor],
        clocks: Clocks,
        *,
        began: Callable[[JobSubmissionEvent], None],
        ended: Callable[[JobExecutionEvent], None],
    ) -> None:
        self._jobs = jobs
        self._clocks = clocks
        self._cadences = {
            job.name: Cadence(every=job.every, pause=job.pause) for job in jobs if job.every is not None
        }
        self.scheduler = _LastingScheduler(
            timezone=UTC,
            executors=executors,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self.scheduler.add_listener(began, EVENT_JOB_SUBMITTED)
        self.scheduler.add_listener(ended, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)

    def start(self) -> None:
        """Begin to run jobs."""
        for job in self._jobs:
            if job.name in self._cadences:
                trigger = _CadenceTrigger(self._cadences[job.name], self._clocks)
                self.scheduler.add_job(timed, trigger, (job.run,), id=job.name, executor=job.executor)
        self.scheduler.start()

    def stop(self) -> None:
        """Start no job any more; waits for none."""
        self.scheduler.shutdown(wait=False)

    def run_once(self, job: Job, number: int, **arguments: object) -> None:
        """Run a job at once.

        Each run has an id of its own: one that ends before the scheduler has removed it submits the next one
        on the scheduler's own thread, and what that then removes must not be the next one.
        """
        self.scheduler.add_job(
            timed, args=(job.run,), id=f"{job.name}{RUN}{number}", executor=job.executor, kwargs=arguments
        )

    def run_now(self, name: str) -> bool:
        """Run the job of this name without waiting until it is due; False when there is none."""
        try:
            self.scheduler.modify_job(name, next_run_time=datetime.now(UTC))
        except JobLookupError:
            return False
        return True

    def set_due(self, name: str, due: int | None) -> timedelta | None:
        """The job has something to do at `due` (microseconds), or nothing that is known.

        Returns how long until the job runs, if that is now earlier than planned.
        """
        now = self._clocks.monotonic()
        ahead = None if due is None else due / 1e6 - self._clocks.wall()
        self._cadences[name].set_due(None if ahead is None else now + ahead, now)
        return self._bring_forward(name)

    def retry(self, name: str, seconds: float) -> None:
        """The job failed, and is tried again after so long, or earlier when it is due."""
        self._cadences[name].set_retry(self._clocks.monotonic() + seconds)
        self._bring_forward(name)

    def clear_retry(self, name: str) -> None:
        """The job succeeded: there is nothing to be tried again."""
        if name in self._cadences:
            self._cadences[name].set_retry(None)

    def replan(self) -> None:
        """Compute again when each job runs, after the wall clock has jumped."""
        for job in self.scheduler.get_jobs():
            cadence = self._cadences.get(job.id)
            # A job that runs once runs at once.
            pause = 0.0 if cadence is None else self._pause(cadence)
            self._modify(job.id, datetime.now(UTC) + timedelta(seconds=pause))

    def next_due(self) -> Mapping[str, int | None]:
        """When each job runs next, in microseconds; None for one that runs only on request."""
        due = {job.id: job.next_run_time for job in self.scheduler.get_jobs()}
        return {job.name: to_micros(due[job.name]) if due.get(job.name) else None for job in self._jobs}

    def _bring_forward(self, name: str) -> timedelta | None:
        pause = timedelta(seconds=self._pause(self._cadences[name]))
        planned = datetime.now(UTC) + pause
        job = self.scheduler.get_job(name)
        if job is None or job.next_run_time is None or planned >= job.next_run_time:
            return None
        return pause if self._modify(name, planned) else None

    def _pause(self, cadence: Cadence) -> float:
        now = self._clocks.monotonic()
        return max(0.0, cadence.next_run(now) - now)

    def _modify(self, job_id: str, at: datetime) -> bool:
        try:
            self.scheduler.modify_job(job_id, next_run_time=at)
        except JobLookupError:
            # It has run, or the scheduler has been stopped meanwhile.
            return False
        return True


class _CadenceTrigger(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """A cadence as an APScheduler trigger, which is called at first and with each run."""

    def __init__(self, cadence: Cadence, clocks: Clocks) -> None:
        self._cadence = cadence
        self._clocks = clocks

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        monotonic = self._clocks.monotonic()
        self._cadence.submitted(monotonic)
        return now + timedelta(seconds=max(0.001, self._cadence.next_run(monotonic) - monotonic))


class _LastingScheduler(BackgroundScheduler):  # type: ignore[misc]
    """Goes on after any exception: without its thread no job would ever run again."""

    def _process_jobs(self) -> float | None:
        try:
            seconds: float | None = super()._process_jobs()
        except Exception:
            log.exception("The scheduler stumbled, and goes on in a second")
            return AFTER_A_FAULT_SECONDS
        return seconds


def name_of(job_id: str) -> str:
    """The name of the job that the scheduler knows by this id."""
    return job_id.partition(RUN)[0]
