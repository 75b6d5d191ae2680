"""How far the digest has come: whether something waits for it, and numbers that change whenever it works."""

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.store.queue import report_queue
from app.store.schema import setbacks, state


class DigestProgress(Struct, frozen=True):
    """Numbers that change with any work: while they are equal nothing was digested, tried or regrouped."""

    digested_through: int
    revision: int
    setbacks: int
    attempts: int


def progress(connection: Connection) -> DigestProgress:
    """The digest's progress."""
    through, revision = connection.execute(select(state.c.digested_through, state.c.revision)).one()
    failed = connection.execute(
        select(func.count(), func.coalesce(func.sum(setbacks.c.attempts), 0)).where(
            setbacks.c.dead.is_(False)
        )
    ).one()
    return DigestProgress(through, revision, failed[0], int(failed[1]))


def is_anything_pending(connection: Connection, now: int, longest_pause: int) -> bool:
    """Whether the digest has something to do at `now`; both in microseconds."""
    if report_queue.last_number(connection) > report_queue.cursor(connection):
        return True
    due = report_queue.next_due(connection, now, longest_pause)
    return due is not None and due <= now
