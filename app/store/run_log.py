"""Beside the jobs: writes down what they did, and grants wishes. No job ever waits for it or fails by it.

A job that runs every two seconds would have the disk written every two seconds, for ever. So what is no news
(a short run that went as the last one) waits up to ten seconds for company; an error, a long run and a
run that somebody wished for are written within half a second. Commits are not synced: the next one tells
it all.

Wishes are looked for twice a second. Measured: 0.3 ms a look, less than a thousandth of one core.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping

from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.store import job_runs, sqlite, wishes
from app.store.database import Database
from app.store.job_runs import Runs

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
ROUTINE_SECONDS = 10.0
LONG_MICROS = 100_000
PATIENCE_SECONDS = 1.0


def timed(run: Callable[..., object], **arguments: object) -> tuple[int, int]:
    """Run a job; returns when it began and when it ended, in microseconds."""
    started = _now()
    run(**arguments)
    return started, _now()


class RunLog:
    """Owns a thread and a connection of its own.

    `jobs` are all jobs with how often each runs, in seconds. `run_now` starts the job of that name and
    tells whether there is one; `next_due` tells when each is due, in microseconds.
    """

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, float | None],
        run_now: Callable[[str], bool],
        next_due: Callable[[], Mapping[str, int | None]],
    ) -> None:
        self._database = Database(database.file, durable=False, busy_seconds=PATIENCE_SECONDS)
        self._jobs = jobs
        self._run_now = run_now
        self._next_due = next_due
        self._ended: dict[str, Runs] = {}
        self._errors: dict[str, str | None] = {}
        self._lock = threading.Lock()
        self._has_news = True
        self._is_prepared = False
        self._written = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="run-log", daemon=True)

    def start(self) -> None:
        """Begin to look for wishes."""
        self._thread.start()

    def ended(self, job: str, started: int, ended: int, error: str | None, *, is_news: bool = False) -> None:
        """A run has ended, at these times in microseconds; returns at once."""
        with self._lock:
            before = self._ended.get(job)
            runs = Runs(job=job, started=started, ended=ended, count=1, error=error)
            self._ended[job] = runs if before is None else replace(runs, count=before.count + 1)
            is_news |= error != self._errors.get(job) or ended - started >= LONG_MICROS
            self._errors[job] = error
            self._has_news |= is_news

    def stop(self) -> None:
        """Write what is not written yet, and end."""
        self._stopping.set()
        self._thread.join()
        self._database.close()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            self._patiently(self._grant_wishes)
            if self._has_news or time.monotonic() - self._written > ROUTINE_SECONDS:
                self._patiently(self._write)
        self._patiently(self._write)

    def _patiently(self, act: Callable[[], None]) -> None:
        try:
            act()
        except SQLAlchemyError as error:
            # Whatever it is, the jobs go on; it is tried again at the next look.
            log.warning("The jobs' runs and wishes have to wait. %s", sqlite.explain(error))

    def _grant_wishes(self) -> None:
        with self._database.reading() as connection:
            wished = wishes.waiting(connection)
        if not wished:
            return
        for wish in wished:
            if wish.kind != wishes.Kind.RUN or not self._run_now(wish.argument):
                log.warning("Nobody can grant the wish %s %r", wish.kind, wish.argument)
        with self._database.writing() as connection:
            wishes.take_back(connection, wished)

    def _write(self) -> None:
        with self._lock:
            ended, self._ended = self._ended, {}
            had_news, self._has_news = self._has_news, False
        try:
            with self._database.writing() as connection:
                self._note(connection, ended)
        except SQLAlchemyError:
            with self._lock:
                self._has_news |= had_news
                for job, runs in ended.items():
                    newer = self._ended.get(job)
                    self._ended[job] = replace(newer, count=newer.count + runs.count) if newer else runs
            raise
        self._is_prepared = True
        self._written = time.monotonic()

    def _note(self, connection: Connection, ended: Mapping[str, Runs]) -> None:
        if not self._is_prepared:
            job_runs.prepare(connection, self._jobs)
        job_runs.note(connection, tuple(ended.values()), self._next_due())


def _now() -> int:
    return time.time_ns() // 1_000
