"""Stores the runs of the jobs, in a thread of its own: no job waits for it or fails because of it.

A routine run (short, with the same outcome as the last one) waits up to ten seconds and is stored together
with others, so that the disk is not written with every run of every job; an error, a long run and a run that
was requested are stored within half a second. Commits are not synced: the next one overwrites the row anyway.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping

from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.clock import now_micros
from app.store import failures
from app.store.database import Database
from app.store.engine_state import job_runs
from app.store.engine_state.job_runs import Runs

log = logging.getLogger(__name__)

NEWS_SECONDS = 0.5
ROUTINE_SECONDS = 10.0
LONG_MICROS = 100_000
PATIENCE_SECONDS = 1.0


def timed(run: Callable[..., object], **arguments: object) -> tuple[int, int]:
    """Run a job; returns when it began and when it ended, in microseconds."""
    started, began = now_micros(), time.monotonic_ns()
    run(**arguments)
    # The wall clock may have been set meanwhile, so add a monotonic duration.
    return started, started + (time.monotonic_ns() - began) // 1_000


class RunLog:
    """Owns a thread and a connection of its own.

    `jobs` are all jobs with how often each runs at least, in seconds; `next_due` returns when each is due, in
    microseconds.
    """

    def __init__(
        self,
        database: Database,
        jobs: Mapping[str, float | None],
        next_due: Callable[[], Mapping[str, int | None]],
    ) -> None:
        self._database = Database(
            database.file, durable=False, busy_seconds=PATIENCE_SECONDS, must_exist=True
        )
        self._jobs = jobs
        self._next_due = next_due
        self._ended: dict[str, Runs] = {}
        self._errors: dict[str, str | None] = {}
        self._changed = threading.Condition()
        self._has_news = True
        self._is_prepared = False
        self._written = 0.0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="run-log", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def ended(self, job: str, started: int, ended: int, error: str | None, *, is_news: bool = False) -> None:
        """Add a run with its times in microseconds, `is_news` if it was requested; returns at once."""
        with self._changed:
            before = self._ended.get(job)
            runs = Runs(job=job, started=started, ended=ended, count=1, error=error)
            self._ended[job] = runs if before is None else replace(runs, count=before.count + 1)
            is_news |= error != self._errors.get(job) or ended - started >= LONG_MICROS
            self._errors[job] = error
            self._has_news |= is_news
            self._changed.notify()

    def replanned(self) -> None:
        """Store soon that a job is due earlier than was written; returns at once."""
        with self._changed:
            self._has_news = True
            self._changed.notify()

    def stop(self) -> None:
        """Write what is not written yet, and end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()
        self._database.close()

    def _run(self) -> None:
        while not self._stopping:
            with self._changed:
                self._changed.wait_for(lambda: self._ended or self._has_news or self._stopping)
                routine = self._written + ROUTINE_SECONDS - time.monotonic()
                self._changed.wait_for(lambda: self._has_news or self._stopping, max(0, routine))
                # Wait for further runs, to write them together.
                self._changed.wait_for(lambda: self._stopping, NEWS_SECONDS)
            self._try_to_write()

    def _try_to_write(self) -> None:
        try:
            self._write()
        except SQLAlchemyError as error:
            # The jobs go on after any failure, and the write is tried again.
            log.warning("The jobs' runs have to wait to be noted. %s", failures.explain(error))

    def _write(self) -> None:
        with self._changed:
            ended, self._ended = self._ended, {}
            had_news, self._has_news = self._has_news, False
        try:
            with self._database.writing() as connection:
                self._note(connection, ended)
        except SQLAlchemyError:
            with self._changed:
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
