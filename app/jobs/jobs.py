"""Every background job in one table, and what keeps them going.

The digest is woken by arrivals. It loops until nothing waits, so a wake that meets a running one needs only
to be remembered. All other jobs run when there is something to do for them: whenever somebody has written
(`store.watch`), each says when it is due next (`cadence`). When nothing happens, next to nothing runs.

Nothing here fails for good. A job that cannot be started, or whose process died, is tried again after a pause
that grows up to half a minute; below that is the `watchdog`. What each run came to is kept in the store
(`store.run_log`), for people to see. A new job is one more row of `Jobs.table`.
"""

import itertools
import logging
import multiprocessing
import threading
from collections.abc import Callable, Sequence

from apscheduler.events import JobExecutionEvent, JobSubmissionEvent

from app.digest import tries, unmute
from app.jobs import digest_tasks
from app.jobs.clock import Clock
from app.jobs.digest_pool import DigestPool, EngineThreads
from app.jobs.health import Health
from app.jobs.schedule import Schedule, name_of
from app.jobs.table import PROCESS, RETRY_REFUSED, THREAD, WAKE_DIGEST, Job
from app.jobs.turn import Turn
from app.notifications.courier import Courier
from app.notifications.sending import Sending
from app.settings import Settings
from app.store.database import Connection, Database
from app.store.engine_state import job_requests
from app.store.engine_state.job_requests import Wish
from app.store.engine_state.run_log import RunLog
from app.store.grouping import corrections
from app.store.inbox import issues
from app.store.notices import due_notices, outbox
from app.store.queue import refusals, report_queue
from app.store.queue.dead_letters import DIGEST
from app.store.upkeep.checkpoint import Checkpoint
from app.store.watch import Watch

log = logging.getLogger(__name__)

DRAIN_SECONDS = 5.0
# After that long a job that failed is tried again, for the world may have mended.
AGAIN_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 30.0
WORTH_TELLING_SECONDS = 5.0
SEND_SECONDS = 2.0
DIED = "Its process ended in the middle of its work."
NOT_STARTED = "It could not be started"


class Jobs:
    """Owns the scheduler and the digest's process. `changed` is called with the revision of each commit.

    `retry_refused` takes those refused requests anew that somebody has marked for it. `failed` is called with
    what a job has raised, also in the digest's process.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        changed: Callable[[int], None],
        *,
        retry_refused: Callable[[], None] = lambda: None,
        failed: Callable[[BaseException], None] = lambda _error: None,
        clock: Clock | None = None,
    ) -> None:
        self._retry_refused = retry_refused
        self._failed = failed
        self._database = database
        self._changed = changed
        self._clock = clock or Clock()
        self._longest_pause = tries.longest_pause(settings)
        spawn = multiprocessing.get_context("spawn")
        self._ear, self._bell = spawn.Pipe(duplex=False)
        self._stopping = spawn.Event()
        self._turn = Turn(self._start_digest)
        self._isolates = False
        self._runs = itertools.count()
        self._told = 0
        # By how many seconds the clock was set ahead, where notices have not been told yet.
        self._went_ahead = 0.0
        # When each job began that runs now, in microseconds, and the jobs that somebody waits for.
        self._began: dict[str, int] = {}
        self._wished: set[str] = set()
        # How often each job failed on end before it could do anything.
        self._failures: dict[str, int] = {}
        self._checkpoint = Checkpoint(database, self._stopping.is_set)
        self._sending = Sending(database, Courier(), changed=changed, clock=self._micros)
        self._pool = DigestPool((settings, self._bell, self._stopping), self._process_died, self._not_started)
        self._threads = EngineThreads(2, self._not_started)
        executors = {PROCESS: self._pool, THREAD: self._threads}
        self._table = self._make_table()
        self._schedule = Schedule(
            self._table, executors, self._clock, began=self._job_began, ended=self._job_ended
        )
        self._run_log = RunLog(database, {job.id: job.every for job in self._table}, self._schedule.next_due)
        self._health = Health(self._clock, self._turn, self._pool, self._longest_pause)
        self._watch = Watch(database, self._look, has_jumped=self._has_jumped, tick=self._tick)
        self._listener = threading.Thread(target=self._listen, name="digest-listener", daemon=True)

    def start(self) -> None:
        """Begin to work; what waits from last time is digested first."""
        self._listener.start()
        self._schedule.start()
        self._run_log.start()
        self._watch.start()
        self.wake()

    def wake(self) -> None:
        """Something has arrived. Costs next to nothing while the digest runs; safe from any thread."""
        self._turn.wanted()

    def run_now(self, name: str) -> bool:
        """Run the job of this name without waiting until it is due; False when there is none.

        One that runs already is not run again behind that, but for the digest. Safe from any thread.
        """
        self._wished.add(name)
        if name == DIGEST:
            self._turn.wanted(even_if_held=True)
            return True
        if not self._schedule.run_now(name):
            self._wished.discard(name)
            return False
        return True

    def stop(self) -> None:
        """Let the digest finish what waits, for a few seconds at most; what is left waits on disk."""
        self._watch.stop()
        self._turn.wait_idle(DRAIN_SECONDS)
        self._stopping.set()
        # Not `wait=True`: it would wait with the locks held that the end of a job needs.
        self._schedule.stop()
        for executor in (self._pool, self._threads):
            executor.shutdown(wait=True)
        self._sending.stop(SEND_SECONDS)
        self._run_log.stop()
        self._bell.close()
        self._listener.join()

    def _make_table(self) -> tuple[Job, ...]:
        """Every job there is."""
        return (
            Job(DIGEST, digest_tasks.digest, PROCESS, every=None),
            Job(WAKE_DIGEST, self._wake_again, THREAD, due=self._next_try),
            Job("retention", digest_tasks.sweep, PROCESS, every=300),
            Job("regroup", digest_tasks.regroup, PROCESS, due=corrections.next_due),
            Job("checkpoint", self._checkpoint.run, THREAD, due=lambda _connection: 0, pause=2.0),
            Job("send-notices", self._sending.run, THREAD, due=self._next_notice),
            Job(RETRY_REFUSED, self._retry_refused, THREAD, due=refusals.next_requested),
            Job("end-mutes", self._end_mutes, THREAD, due=unmute.next_due),
        )

    def _job(self, name: str) -> Job | None:
        return next((job for job in self._table if job.id == name), None)

    def _micros(self) -> int:
        return int(self._clock.wall() * 1_000_000)

    def _next_try(self, connection: Connection) -> int | None:
        return report_queue.next_due(connection, self._micros(), self._longest_pause)

    def _next_notice(self, connection: Connection) -> int | None:
        return due_notices.next_due(connection, self._micros())

    # -- the digest -----------------------------------------------------------------------------------------

    def _start_digest(self) -> None:
        if not self._stopping.is_set():
            self._schedule.run_once(self._table[0], next(self._runs), isolate=self._isolates)

    def _wake_again(self) -> None:
        self._turn.wanted(even_if_held=True)

    def _process_died(self, job_id: str) -> None:
        name = name_of(job_id)
        self._health.ended(self._job(name))
        if not self._stopping.is_set():
            self._note_failure(name, DIED)
        if name != DIGEST:
            # It begins again when it is due, in the next process.
            return
        if self._stopping.is_set():
            self._turn.ended()
            return
        log.error("The digest's process ended in the middle of its work; the batch is tried one by one")
        self._isolates = True
        failures = self._failures[name] = self._failures.get(name, 0) + 1
        if failures == 1:
            self._turn.wanted()
            self._turn.ended()
        else:
            self._try_later(name, failures - 1)

    def _not_started(self, job_id: str, error: Exception) -> None:
        """A job could not be put to where it runs."""
        name = name_of(job_id)
        if self._stopping.is_set():
            if name == DIGEST:
                self._turn.ended()
            return
        words = f"{NOT_STARTED}: {type(error).__name__}: {error}"
        self._note_failure(name, words)
        if name == DIGEST:
            self._health.digest_not_started(words)
        failures = self._failures[name] = self._failures.get(name, 0) + 1
        self._try_later(name, failures)

    def _try_later(self, name: str, failures: int) -> None:
        pause = min(LONGEST_PAUSE_SECONDS, 2.0 ** (failures - 1))
        if name == DIGEST:
            self._turn.hold(pause)
        self._schedule.retry(WAKE_DIGEST if name == DIGEST else name, pause)

    # -- what their runs came to ----------------------------------------------------------------------------

    def _job_began(self, event: JobSubmissionEvent) -> None:
        self._health.began(event.job_id)
        self._began[name_of(event.job_id)] = self._micros()

    def _job_ended(self, event: JobExecutionEvent) -> None:
        name = name_of(event.job_id)
        self._health.ended(self._job(name))
        self._failures.pop(name, None)
        if event.exception is not None:
            log.error("The job %s failed: %s\n%s", name, event.exception, event.traceback)
            self._note_failure(name, f"{type(event.exception).__name__}: {event.exception}")
            self._failed(event.exception)
            self._try_again(WAKE_DIGEST if name == DIGEST else name)
        else:
            started, ended = event.retval
            self._note(name, started, ended, None)
            self._schedule.went_well(WAKE_DIGEST if name == DIGEST else name)
        if name == DIGEST:
            self._isolates = False
            self._health.digest_ran()
            self._turn.ended()

    def _try_again(self, name: str) -> None:
        """Soon, where something waits for the job; one that only runs now and then keeps to that."""
        job = self._job(name)
        if job is not None and job.due is not None:
            self._schedule.retry(name, AGAIN_SECONDS)

    def _note_failure(self, job_id: str, error: str) -> None:
        now = self._micros()
        self._note(job_id, min(now, self._began.get(job_id, now)), now, error)

    def _note(self, job_id: str, started: int, ended: int, error: str | None) -> None:
        is_news = job_id in self._wished
        self._wished.discard(job_id)
        self._run_log.ended(job_id, started, ended, error, is_news=is_news)

    # -- what happens outside of them -----------------------------------------------------------------------

    def _listen(self) -> None:
        while True:
            try:
                self._tell(int(self._ear.recv_bytes()))
            except EOFError:
                return

    def _end_mutes(self) -> None:
        revision = unmute.unmute_due(self._database, self._micros())
        if revision is not None:
            self._tell(revision)

    def _has_jumped(self) -> bool:
        jump = self._health.check_clock()
        if jump is None:
            return False
        if not jump.slept and jump.seconds > 0:
            self._went_ahead += jump.seconds
        self._schedule.replan()
        self._run_log.replanned()
        return True

    def _tick(self, connection: Connection) -> None:
        if self._health.tick(connection):
            self.wake()

    def _look(self, connection: Connection) -> None:
        """Somebody has written: tell who watches, grant wishes, and see what is due by now, or later."""
        if self._went_ahead:
            # Before anything can be found to be late by that.
            outbox.shift_after_clock_jump(connection, self._went_ahead, self._micros())
            self._went_ahead = 0.0
        revision = issues.revision(connection)
        if revision > self._told:
            self._tell(revision)
        self._grant(connection, job_requests.waiting(connection))
        for job in self._table:
            if job.due is not None:
                earlier = self._schedule.learn(job.id, job.due(connection))
                if earlier is not None and earlier.total_seconds() > WORTH_TELLING_SECONDS:
                    self._run_log.replanned()
        if self._health.look(connection, self._micros()):
            self._failures.pop(DIGEST, None)

    def _grant(self, connection: Connection, wished: Sequence[Wish]) -> None:
        for wish in wished:
            if wish.kind != job_requests.Kind.RUN or not self.run_now(wish.argument):
                log.warning("Nobody can grant the wish %s %r", wish.kind, wish.argument)
        if wished:
            job_requests.take_back(connection, wished)

    def _tell(self, revision: int) -> None:
        self._told = max(revision, self._told)
        self._changed(revision)
