"""The table `job_runs`, one row a job: when it last ran, how that ended, and when it is due next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, delete, insert, select, update

from app.model import from_micros
from app.store.schema import job_runs


class Runs(Struct, frozen=True, kw_only=True):
    """A job's runs that are not stored yet: `count` of them, with the last one's times in microseconds.

    Without `error` the last one succeeded.
    """

    job: str
    started: int
    ended: int
    count: int
    error: str | None = None


class JobRun(Struct, frozen=True, kw_only=True):
    """A job as it is shown: it runs `every` so many seconds; None means whenever it is woken.

    `seconds` is how long its last run took. For a job that runs more often than runs are stored, `next_due`
    may be past by up to the pause between two writes.
    """

    job: str
    every: float | None
    next_due: datetime | None
    last_started: datetime | None
    last_ended: datetime | None
    seconds: float | None
    runs: int
    last_error: str | None


def prepare(connection: Connection, jobs: Mapping[str, float | None]) -> None:
    """Store which jobs there are, each with how often it runs in seconds. What is stored of them stays."""
    connection.execute(delete(job_runs).where(job_runs.c.job.not_in(jobs)))
    known = set(connection.execute(select(job_runs.c.job)).scalars())
    for job, every in jobs.items():
        if job in known:
            connection.execute(update(job_runs).where(job_runs.c.job == job).values(every=every))
        else:
            connection.execute(insert(job_runs).values(job=job, every=every, runs=0))


def note(connection: Connection, ended: Sequence[Runs], next_due: Mapping[str, int | None]) -> None:
    """Store runs that have ended, and when each job is due next (microseconds)."""
    for runs in ended:
        connection.execute(
            update(job_runs)
            .where(job_runs.c.job == runs.job)
            .values(
                last_started=runs.started,
                last_ended=runs.ended,
                last_error=runs.error,
                runs=job_runs.c.runs + runs.count,
            )
        )
    for job, due in next_due.items():
        connection.execute(update(job_runs).where(job_runs.c.job == job).values(next_due=due))


def listed(connection: Connection) -> list[JobRun]:
    """Every job, by name."""
    return [_job_run(row) for row in connection.execute(select(*job_runs.c).order_by(job_runs.c.job))]


def get(connection: Connection, job: str) -> JobRun | None:
    """One job; None when there is none of that name."""
    row = connection.execute(select(*job_runs.c).where(job_runs.c.job == job)).one_or_none()
    return None if row is None else _job_run(row)


def _job_run(row: Row[Any]) -> JobRun:
    started, ended = row.last_started, row.last_ended
    return JobRun(
        job=row.job,
        every=row.every,
        next_due=_moment(row.next_due),
        last_started=_moment(started),
        last_ended=_moment(ended),
        seconds=None if ended is None or started is None else (ended - started) / 1_000_000,
        runs=row.runs,
        last_error=row.last_error,
    )


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)
