"""Handles writes of other processes: reads what is new, requested and due in the store."""

import logging
from collections.abc import Callable, Sequence

from app.jobs.clock_jumps import Clocks
from app.jobs.job import Job
from app.jobs.revisions import Revisions
from app.jobs.schedule import Schedule
from app.store.database import Connection
from app.store.engine_state import job_requests
from app.store.engine_state.run_log import RunLog
from app.store.inbox.lists import issues
from app.store.notices import outbox

log = logging.getLogger(__name__)

# If a job will run this much earlier than the store says, the store is updated, for people to see.
WORTH_WRITING_SECONDS = 5.0


class StoreChanges:
    """Called by the thread of `store.watch`. `run_now` runs a job; False when there is none of the name."""

    def __init__(
        self,
        jobs: Sequence[Job],
        schedule: Schedule,
        run_log: RunLog,
        revisions: Revisions,
        clocks: Clocks,
        run_now: Callable[[str], bool],
    ) -> None:
        self._jobs = jobs
        self._schedule = schedule
        self._run_log = run_log
        self._revisions = revisions
        self._clocks = clocks
        self._run_now = run_now
        # By how many seconds the clock was set ahead, as long as notices have not been shifted by that.
        self._went_ahead = 0.0

    def clock_went_ahead(self, seconds: float) -> None:
        """The wall clock was set ahead: shift waiting notices by that with the next change."""
        self._went_ahead += seconds

    def handle(self, connection: Connection) -> None:
        """Another process has written."""
        if self._went_ahead:
            # Shift first, so that no notice is taken for late.
            outbox.shift_after_clock_jump(connection, self._went_ahead, self._clocks.wall_micros())
            self._went_ahead = 0.0
        self._revisions.found(issues.revision(connection))
        self._accept_requests(connection)
        self._learn_what_is_due(connection)

    def _accept_requests(self, connection: Connection) -> None:
        """Start the requested jobs, then remove the requests, so that a kill in between loses none."""
        requests = job_requests.waiting(connection)
        for request in requests:
            if not self._run_now(request.job):
                log.warning("There is no job named %r to be run", request.job)
        if requests:
            job_requests.remove(connection, requests)

    def _learn_what_is_due(self, connection: Connection) -> None:
        for job in self._jobs:
            if job.due is not None:
                earlier = self._schedule.set_due(job.name, job.due(connection))
                if earlier is not None and earlier.total_seconds() > WORTH_WRITING_SECONDS:
                    self._run_log.replanned()
