"""What a user does with reports that failed: retry or discard them.

A discarded report counts as digested from then on: a user has handled it. So `received = pending +
digested + dead` holds on, and when the sweep removes the report a day later, no number changes. Until then it
can be restored as it was.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, exists, select, update

from app.store import schema as t
from app.store.engine_state import job_requests
from app.store.queue import report_queue
from app.store.schema import setbacks

DIGEST = "digest"
RESTORABLE_MICROS = 86_400_000_000
AT_ONCE = 500


def retry(connection: Connection, report_ids: Sequence[int], now: int) -> list[int]:
    """Have these reports tried at once, dead or not; returns those that could be.

    A dead one gets one more try: when that fails, it is dead again, with the new traceback.
    """
    return _retry(connection, report_ids, now)


def retry_all(connection: Connection, now: int) -> list[int]:
    """Make everything that failed due at once, except what was discarded."""
    return _retry(connection, None, now)


def discard(connection: Connection, report_ids: Sequence[int], now: int) -> list[int]:
    """Discard these reports; returns those that were not discarded before."""
    rows = setbacks.c.report_id.in_(report_ids) & setbacks.c.discarded_at.is_(None)
    found = list(connection.execute(select(setbacks.c.report_id).where(rows)).scalars())
    connection.execute(update(setbacks).where(rows).values(discarded_at=now))
    return found


def undo_discard(connection: Connection, report_ids: Sequence[int]) -> list[int]:
    """Restore discarded reports as they were; returns those that were still stored."""
    rows = setbacks.c.report_id.in_(report_ids) & setbacks.c.discarded_at.is_not(None)
    found = list(connection.execute(select(setbacks.c.report_id).where(rows)).scalars())
    connection.execute(update(setbacks).where(rows).values(discarded_at=None))
    return found


def forget_discarded(connection: Connection, now: int) -> int:
    """Remove what was discarded a day ago, at most `AT_ONCE` reports; returns how many were removed."""
    old = setbacks.c.discarded_at < now - RESTORABLE_MICROS
    ids = list(connection.execute(select(setbacks.c.report_id).where(old).limit(AT_ONCE)).scalars())
    report_queue.settle(connection, ids)
    used = exists().where(t.events.c.report_id == t.reports.c.id)
    connection.execute(delete(t.reports).where(t.reports.c.id.in_(ids), ~used))
    return len(ids)


def _retry(connection: Connection, report_ids: Sequence[int] | None, now: int) -> list[int]:
    rows: ColumnElement[bool] = setbacks.c.discarded_at.is_(None)
    if report_ids is not None:
        rows &= setbacks.c.report_id.in_(report_ids)
    found = list(connection.execute(select(setbacks.c.report_id).where(rows)).scalars())
    if found:
        connection.execute(update(setbacks).where(rows).values(dead=False, due_at=now))
        job_requests.add(connection, DIGEST, now)
    return found
