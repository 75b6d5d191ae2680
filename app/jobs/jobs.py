"""Runs the background jobs: starts them, handles how they end, and retries what failed.

The digest is woken by arrivals. It loops until nothing is pending, so a wake during a
run is only remembered (`digest_runs`). All other jobs run when there is something to do for them: whenever
another process has written (`store.watch`), each reads from the store when it is due next (`store_changes`,
`cadence`). When nothing happens, next to nothing runs.

Nothing here fails for good. A job that cannot be started, or whose process died, is tried again after a pause
that grows up to half a minute (`retries`); the `watchdog` is the last resort. The outcome of each run is
written into the store (`run_reports`), for people to see. A new job is one more row of `table`.
"""

import itertools
import logging
import multiprocessing
from collections.abc import Callable

from apscheduler.events import JobExecutionEvent, JobSubmissionEvent

from app.digest import tries
from app.forwarding.sending import Forwarding
from app.jobs.clock_jumps import Clocks
from app.jobs.digest_pool import DigestPool, EngineThreads
from app.jobs.digest_runs import DigestRuns
from app.jobs.job import LONG_THREAD, PROCESS, THREAD, Job
from app.jobs.retries import Retries
from app.jobs.revisions import Revisions
from app.jobs.run_reports import RunReports
from app.jobs.schedule import Schedule, name_of
from app.jobs.store_changes import StoreChanges
from app.jobs.supervisor import Supervisor
from app.jobs.table import make_table
from app.notifications.courier import Courier
from app.notifications.sending import Sending
from app.settings import Settings
from app.store.database import Connection, Database
from app.store.engine_state.run_log import RunLog
from app.store.queue.dead_letters import DIGEST
from app.store.watch import Watch

log = logging.getLogger(__name__)

DRAIN_SECONDS = 5.0
SEND_SECONDS = 2.0
FORWARD_SECONDS = 1.0
THREADS = 2
DIED = "Its process ended in the middle of its work."
NOT_STARTED = "It could not be started"


class Jobs:
    """Owns the scheduler and the digest's process. `changed` is called with the revision of each commit.

    `retry_refused` retries the refused requests that a user has marked, `follow_pause` reads whether intake
    is paused, `follow_faults` which faults are set; `own_ports` are those that the engine listens on.
    `failed` is called with the exceptions of jobs, also of those in the digest's process.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        changed: Callable[[int], None],
        *,
        retry_refused: Callable[[], None] = lambda: None,
        follow_pause: Callable[[], None] = lambda: None,
        follow_faults: Callable[[], None] = lambda: None,
        own_ports: Callable[[], tuple[int, ...]] = tuple,
        failed: Callable[[BaseException], None] = lambda _error: None,
        clocks: Clocks | None = None,
    ) -> None:
        self._failed = failed
        self._clocks = clocks or Clocks()
        spawn = multiprocessing.get_context("spawn")
        self._stopping = spawn.Event()
        self._revisions = Revisions(spawn, changed)
        self._digest_runs = DigestRuns(self._start_digest)
        self._run_numbers = itertools.count()
        # Whether the digest's next run takes the batch that killed its process one by one.
        self._isolates = False
        courier = Courier()
        self._sending = Sending(database, courier, changed=changed, clock=self._clocks.wall_micros)
        self._forwarding = Forwarding(
            database, courier, changed=changed, clock=self._clocks.wall_micros, own_ports=own_ports
        )
        self._table = make_table(
            settings,
            database,
            self._clocks,
            sending_job=self._sending,
            forwarding=self._forwarding,
            wake_digest=self._wake_paused_digest,
            retry_refused=retry_refused,
            follow_pause=follow_pause,
            follow_faults=follow_faults,
            announce=self._revisions.announce,
            is_stopping=self._stopping.is_set,
        )
        start_arguments = (settings, self._revisions.sender, self._stopping)
        self._pool = DigestPool(start_arguments, self._process_died, self._not_started)
        threads, long_thread = (EngineThreads(number, self._not_started) for number in (THREADS, 1))
        self._executors: dict[str, DigestPool | EngineThreads] = {
            PROCESS: self._pool,
            THREAD: threads,
            LONG_THREAD: long_thread,
        }
        self._schedule = Schedule(
            self._table, self._executors, self._clocks, began=self._job_began, ended=self._job_ended
        )
        self._run_log = RunLog(
            database, {job.name: job.every for job in self._table}, self._schedule.next_due
        )
        self._reports = RunReports(self._run_log, self._clocks)
        self._retries = Retries(self._table, self._schedule, self._digest_runs)
        longest_pause = tries.longest_pause(settings)
        self._supervisor = Supervisor(self._clocks, self._digest_runs, self._pool, longest_pause)
        self._store_changes = StoreChanges(
            self._table, self._schedule, self._run_log, self._revisions, self._clocks, self.run_now
        )
        self._watch = Watch(
            database, self._store_changed, has_jumped=self._has_clock_jumped, tick=self._check_digest
        )

    def start(self) -> None:
        """Begin to work; what is pending from last time is digested first."""
        self._revisions.start()
        self._schedule.start()
        self._run_log.start()
        self._watch.start()
        self.wake()

    def wake(self) -> None:
        """A report has arrived. Costs next to nothing while the digest runs; safe from any thread."""
        self._digest_runs.request()

    def run_now(self, name: str) -> bool:
        """Run the job of this name without waiting until it is due; False when there is none.

        A job that is running already is not run again after that, except the digest. Safe from any thread.
        """
        self._reports.requested(name)
        if name == DIGEST:
            self._wake_paused_digest()
            return True
        if not self._schedule.run_now(name):
            self._reports.not_requested(name)
            return False
        return True

    def stop(self) -> None:
        """Let the digest finish what is pending, for a few seconds at most; what is left waits on disk."""
        self._watch.stop()
        self._digest_runs.wait_idle(DRAIN_SECONDS)
        self._stopping.set()
        # Not `wait=True`: it would wait with the locks held that the end of a job needs.
        self._schedule.stop()
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        # This ends the courier's process, which both send by.
        self._forwarding.stop(FORWARD_SECONDS)
        self._sending.stop(SEND_SECONDS)
        self._run_log.stop()
        self._revisions.stop()

    def _job(self, name: str) -> Job | None:
        return next((job for job in self._table if job.name == name), None)

    # -- the digest -----------------------------------------------------------------------------------------

    def _start_digest(self) -> None:
        if not self._stopping.is_set():
            self._schedule.run_once(self._table[0], next(self._run_numbers), isolate=self._isolates)

    def _wake_paused_digest(self) -> None:
        self._digest_runs.request(even_if_paused=True)

    def _process_died(self, job_id: str) -> None:
        name = name_of(job_id)
        self._supervisor.job_ended(self._job(name))
        if not self._stopping.is_set():
            self._reports.failed(name, DIED)
        if name != DIGEST:
            # It begins again when it is due, in the next process.
            return
        if self._stopping.is_set():
            self._digest_runs.ended()
            return
        log.error("The digest's process ended in the middle of its work; the batch is tried one by one")
        self._isolates = True
        self._retries.digest_died()

    # -- every job ------------------------------------------------------------------------------------------

    def _not_started(self, job_id: str, error: Exception) -> None:
        """A job could not be submitted to where it runs."""
        name = name_of(job_id)
        if self._stopping.is_set():
            if name == DIGEST:
                self._digest_runs.ended()
            return
        why = f"{NOT_STARTED}: {type(error).__name__}: {error}"
        self._reports.failed(name, why)
        if name == DIGEST:
            self._supervisor.digest_not_started(why)
        self._retries.not_started(name)

    def _job_began(self, event: JobSubmissionEvent) -> None:
        self._supervisor.job_began(event.job_id)
        self._reports.began(name_of(event.job_id))

    def _job_ended(self, event: JobExecutionEvent) -> None:
        name = name_of(event.job_id)
        self._supervisor.job_ended(self._job(name))
        if event.exception is not None:
            log.error("The job %s failed: %s\n%s", name, event.exception, event.traceback)
            self._reports.failed(name, f"{type(event.exception).__name__}: {event.exception}")
            self._failed(event.exception)
            self._retries.raised(name)
        else:
            self._reports.ended(name, *event.retval)
            self._retries.succeeded(name)
        if name == DIGEST:
            self._isolates = False
            self._supervisor.digest_ran()
            self._digest_runs.ended()

    # -- called by the watch --------------------------------------------------------------------------------

    def _store_changed(self, connection: Connection) -> None:
        self._store_changes.handle(connection)
        if self._supervisor.store_changed(connection):
            self._retries.forget(DIGEST)

    def _has_clock_jumped(self) -> bool:
        jump = self._supervisor.check_clock()
        if jump is None:
            return False
        if not jump.slept and jump.seconds > 0:
            self._store_changes.clock_went_ahead(jump.seconds)
        self._schedule.replan()
        self._run_log.replanned()
        return True

    def _check_digest(self, connection: Connection) -> None:
        if self._supervisor.check(connection):
            self.wake()
