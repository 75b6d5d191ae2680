"""Requests to run a job now: written by the window, the command line or the digest, accepted by the engine.

The engine sees within half a second that another process has written (`store.watch`). A request is removed
only once its job has been started, so that it outlives an engine that is killed before.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.store.schema import job_requests


class JobRequest(Struct, frozen=True):
    """A request that has not been accepted yet: run the job of this name."""

    id: int
    job: str


def add(connection: Connection, job: str, now: int) -> None:
    """Request that the job runs now; `now` in microseconds since 1970."""
    connection.execute(insert(job_requests).values(job=job, at=now))


def waiting(connection: Connection) -> list[JobRequest]:
    """All requests, the oldest first."""
    rows = connection.execute(select(job_requests.c.id, job_requests.c.job).order_by(job_requests.c.id))
    return [JobRequest(*row) for row in rows]


def remove(connection: Connection, accepted: Sequence[JobRequest]) -> None:
    """Remove requests whose jobs have been started."""
    started = [request.id for request in accepted]
    connection.execute(delete(job_requests).where(job_requests.c.id.in_(started)))
