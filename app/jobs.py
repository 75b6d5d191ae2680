"""Every background job in one table, run by APScheduler.

The digest is woken by arrivals. It loops until nothing waits, so a wake that meets a running one needs only
to be remembered. All other jobs run when there is something to do for them: whenever somebody has written
(`store.watch`), each says when it is due next (`cadence`). When nothing happens, next to nothing runs.

What each run came to is kept in the store (`store.run_log`), for people to see. A new job is one more
row of `Jobs.table`.
"""

import itertools
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import (
    EVENT_JOB_ERROR,
    EVENT_JOB_EXECUTED,
    EVENT_JOB_SUBMITTED,
    JobExecutionEvent,
    JobSubmissionEvent,
)
from apscheduler.executors.pool import ProcessPoolExecutor, ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from msgspec import Struct
from sqlalchemy import Connection

from app.cadence import Cadence
from app.digest import tasks, unmuting
from app.model import from_micros, to_micros
from app.notifications import sending
from app.notifications.courier import Courier
from app.notifications.sending import Sending
from app.settings import Settings
from app.store import inbox, issues, regroupings, sqlite, wishes
from app.store.database import Database
from app.store.letters import DIGEST
from app.store.run_log import RunLog, timed
from app.store.watch import Watch
from app.store.wishes import Wish

log = logging.getLogger(__name__)

# Where jobs run: in the digest's own process, or in a thread of the engine.
PROCESS, THREAD = "process", "thread"
DRAIN_SECONDS = 5.0
# The net below everything that is to wake a job: lost wakes, clocks that are set, laptops that sleep.
SELDOM_SECONDS = 60.0
# After that long a job that failed is tried again, for the world may have mended.
AGAIN = timedelta(seconds=2)
WORTH_TELLING = timedelta(seconds=5)
SEND_SECONDS = 2.0
CHECKPOINT_PAUSE_SECONDS = 0.02
# Stands between the digest's name and the number of its run.
_RUN = "#"
DIED = "Its process ended in the middle of its work."


class Job(Struct, frozen=True):
    """A job: what it runs, and where.

    With `every` it runs at the latest so many seconds after its last run, with None only when it is woken.
    Where `due` is given it tells of a store that somebody has written into when there is something to do, in
    microseconds; the job runs then, but `pause` seconds after its last run at the earliest.
    """

    id: str
    run: Callable[..., object]
    executor: str
    every: float | None = SELDOM_SECONDS
    due: Callable[[Connection], int | None] | None = None
    pause: float = 1.0


class Jobs:
    """Owns the scheduler and the digest's process. `changed` is called with the revision of each commit.

    `failed` is called with what a job has raised, also in the digest's process.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        changed: Callable[[int], None],
        failed: Callable[[BaseException], None] = lambda _error: None,
    ) -> None:
        self._database = database
        self._changed = changed
        self._failed = failed
        spawn = multiprocessing.get_context("spawn")
        self._ear, self._bell = spawn.Pipe(duplex=False)
        self._stopping = spawn.Event()
        self._turn = _Turn(self._start_digest)
        self._isolates = False
        self._runs = itertools.count()
        self._log_pages = 0
        self._told = 0
        # When each job began that runs now, in microseconds, and the jobs that somebody waits for.
        self._began: dict[str, int] = {}
        self._wished: set[str] = set()
        self._sending = Sending(database, Courier(), changed=changed, clock=lambda: time.time_ns() // 1_000)
        self._cadences = {
            job.id: Cadence(every=job.every, pause=job.pause) for job in self.table() if job.every is not None
        }
        self._run_log = RunLog(database, {job.id: job.every for job in self.table()}, self._next_due)
        self._watch = Watch(database, self._look)
        self._listener = threading.Thread(target=self._listen, name="digest-listener", daemon=True)
        self._executors = {
            PROCESS: _DigestPool(self._process_died, (settings, self._bell, self._stopping)),
            THREAD: ThreadPoolExecutor(2),
        }
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors=self._executors,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def table(self) -> tuple[Job, ...]:
        """Every job there is."""
        return (
            Job(DIGEST, tasks.digest, PROCESS, every=None),
            Job("wake-digest", self.wake, THREAD, due=inbox.next_due),
            Job("retention", tasks.sweep, PROCESS, every=300),
            Job("regroup", tasks.regroup, PROCESS, due=regroupings.next_due),
            Job("checkpoint", self._checkpoint, THREAD, due=lambda _connection: 0, pause=2.0),
            Job("send-notices", self._sending.run, THREAD, due=sending.next_due),
            Job("end-mutes", self._end_mutes, THREAD, due=unmuting.next_due),
        )

    def start(self) -> None:
        """Begin to work; what waits from last time is digested first."""
        self._listener.start()
        self._scheduler.add_listener(self._job_began, EVENT_JOB_SUBMITTED)
        self._scheduler.add_listener(self._job_ended, EVENT_JOB_EXECUTED | EVENT_JOB_ERROR)
        for job in self.table():
            if job.id in self._cadences:
                self._scheduler.add_job(
                    timed, self._cadences[job.id], (job.run,), id=job.id, executor=job.executor
                )
        self._scheduler.start()
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
            self.wake()
            return True
        try:
            self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))
        except JobLookupError:
            self._wished.discard(name)
            return False
        return True

    def stop(self) -> None:
        """Let the digest finish what waits, for a few seconds at most; what is left waits on disk."""
        self._watch.stop()
        self._turn.wait_idle(DRAIN_SECONDS)
        self._stopping.set()
        # Not `wait=True`: it would wait with the locks held that the end of a job needs.
        self._scheduler.shutdown(wait=False)
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        self._sending.stop(SEND_SECONDS)
        self._run_log.stop()
        self._bell.close()
        self._listener.join()

    def _start_digest(self) -> None:
        if self._stopping.is_set():
            return
        digest = self.table()[0]
        # Each run has an id of its own: one that ends before the scheduler has put it away brings the next
        # one in on the scheduler's own thread, and what that then puts away must not be the next one.
        self._scheduler.add_job(
            timed,
            args=(digest.run,),
            id=f"{digest.id}{_RUN}{next(self._runs)}",
            executor=digest.executor,
            kwargs={"isolate": self._isolates},
        )

    def _job_began(self, event: JobSubmissionEvent) -> None:
        self._began[_name(event.job_id)] = to_micros(datetime.now(UTC))

    def _job_ended(self, event: JobExecutionEvent) -> None:
        name = _name(event.job_id)
        if event.exception is not None:
            log.error("The job %s failed: %s\n%s", name, event.exception, event.traceback)
            self._note_failure(name, f"{type(event.exception).__name__}: {event.exception}")
            self._failed(event.exception)
            self._try_again("wake-digest" if name == DIGEST else name)
        else:
            started, ended = event.retval
            self._note(name, started, ended, None)
        if name == DIGEST:
            self._isolates = False
            self._turn.ended()

    def _note_failure(self, job_id: str, error: str) -> None:
        now = to_micros(datetime.now(UTC))
        self._note(job_id, self._began.get(job_id, now), now, error)

    def _note(self, job_id: str, started: int, ended: int, error: str | None) -> None:
        is_news = job_id in self._wished
        self._wished.discard(job_id)
        self._run_log.ended(job_id, started, ended, error, is_news=is_news)

    def _next_due(self) -> Mapping[str, int | None]:
        due = {job.id: job.next_run_time for job in self._scheduler.get_jobs()}
        return {job.id: to_micros(due[job.id]) if due.get(job.id) else None for job in self.table()}

    def _process_died(self, job_id: str) -> None:
        if not self._stopping.is_set():
            self._note_failure(_name(job_id), DIED)
        if _name(job_id) != DIGEST:
            # Retention begins again when it is due, in the next process.
            return
        if not self._stopping.is_set():
            log.error("The digest's process ended in the middle of its work; the batch is tried one by one")
            self._isolates = True
            self._turn.wanted()
        self._turn.ended()

    def _listen(self) -> None:
        while True:
            try:
                self._tell(int(self._ear.recv_bytes()))
            except EOFError:
                return

    def _end_mutes(self) -> None:
        revision = unmuting.unmute_due(self._database, time.time_ns() // 1_000)
        if revision is not None:
            self._tell(revision)

    def _look(self, connection: Connection) -> None:
        """Somebody has written: tell who watches, grant wishes, and see what is due by now, or later."""
        revision = issues.revision(connection)
        if revision > self._told:
            self._tell(revision)
        self._grant(connection, wishes.waiting(connection))
        for job in self.table():
            if job.due is not None:
                due = job.due(connection)
                self._learn(job.id, None if due is None else from_micros(due), datetime.now(UTC))

    def _grant(self, connection: Connection, wished: Sequence[Wish]) -> None:
        for wish in wished:
            if wish.kind != wishes.Kind.RUN or not self.run_now(wish.argument):
                log.warning("Nobody can grant the wish %s %r", wish.kind, wish.argument)
        if wished:
            wishes.take_back(connection, wished)

    def _try_again(self, name: str) -> None:
        """Soon, where something waits for the job; one that only runs now and then keeps to that."""
        if any(job.id == name and job.due is not None for job in self.table()):
            now = datetime.now(UTC)
            self._learn(name, now + AGAIN, now)

    def _learn(self, name: str, due: datetime | None, now: datetime) -> None:
        """The job of this name has something to do at `due`, or nothing that is known."""
        planned = self._cadences[name].learn(due, now)
        try:
            job = self._scheduler.get_job(name)
            if job is not None and planned < job.next_run_time:
                job.modify(next_run_time=planned)
                if planned - now > WORTH_TELLING:
                    self._run_log.replanned()
        except JobLookupError:
            # The scheduler has been stopped meanwhile.
            return

    def _tell(self, revision: int) -> None:
        self._told = max(revision, self._told)
        self._changed(revision)

    def _checkpoint(self) -> None:
        with self._database.maintaining() as connection:
            while not self._stopping.is_set():
                known, self._log_pages = self._log_pages, sqlite.checkpoint(connection, self._log_pages)
                if self._log_pages == known or self._log_pages < sqlite.LONG_LOG_PAGES:
                    return
                # Under a flood the log is long again at once.
                time.sleep(CHECKPOINT_PAUSE_SECONDS)


def _name(job_id: str) -> str:
    return job_id.partition(_RUN)[0]


class _Turn:
    """Remembers whether the digest runs, and whether it is wanted again. One run at a time."""

    def __init__(self, start: Callable[[], None]) -> None:
        self._start = start
        self._changed = threading.Condition()
        self._is_running = False
        self._is_wanted = False

    def wanted(self) -> None:
        with self._changed:
            if self._is_running:
                self._is_wanted = True
                return
            self._is_running = True
        self._start()

    def ended(self) -> None:
        with self._changed:
            # Whatever is committed before the next run begins is seen by it.
            again, self._is_wanted = self._is_wanted, False
            self._is_running = again
            self._changed.notify_all()
        if again:
            self._start()

    def wait_idle(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_running, seconds)


class _DigestPool(ProcessPoolExecutor):  # type: ignore[misc]
    """APScheduler's pool of one process, which also tells when that process died under a job."""

    def __init__(self, died: Callable[[str], None], start_arguments: tuple[Any, ...]) -> None:
        super().__init__(1, {"initializer": tasks.start, "initargs": start_arguments})
        self._died = died

    def _run_job_error(self, job_id: str, exc: BaseException, traceback: Any = None) -> None:
        super()._run_job_error(job_id, exc, traceback)
        self._died(job_id)
