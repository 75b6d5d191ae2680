"""The table `forwarded_reports`: the outbox of what is passed on, from the digest to the target's answer.

A row has a copy of the report until it is settled: reports without events are removed with their digest, and
retention may remove any. So the rows are bounded in number, bytes and age; what does not fit is not sent, and
counted. After a crash, what had no answer yet waits as before: it is sent at least once.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import case, delete, func, select, update

from app.model import Report
from app.store import bulk
from app.store.database import Connection
from app.store.forwarding import forwards as targets
from app.store.forwarding.forwards import LONGEST_LIMIT, PAUSES, SECOND, Forward
from app.store.inbox.issues import projects
from app.store.schema import forwarded_reports as reports
from app.store.schema import forwards

MOST_WAITING = 10_000
MOST_BYTES = 64 << 20
OLDEST = 24 * 3_600 * SECOND
# How many settled rows are kept of each target, for people to see.
MOST_SETTLED = 1_000
# A server's own errors that are forgiven one report, before the next ones have their turn.
MOST_ATTEMPTS = 5
TOO_OLD = "It could not be sent for a day."
TOO_MANY = "Too much waits for this target already: it was not queued."
# Protocols whose reports another Sentry-like server understands, and the end of its path for each.
FORWARDED = {
    "sentry.envelope": "envelope",
    "sentry.stream": "envelope",
    "sentry.store": "store",
    "sentry.minidump": "minidump",
}
# What we add to a report that is passed on, so that none goes round in a circle.
PASSED_ON = b"x-arecibo-forwarded"


class ForwardState(StrEnum):
    """What has become of a report.

    It waits, the target has it, refused it for good, wants nothing of its kind, or it was too old.
    """

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNWANTED = "unwanted"
    MISSED = "missed"


class WaitingReport(Struct, frozen=True):
    """A report to be sent now, as it came; `attempts` have failed."""

    id: int
    report_id: int
    event_id: str
    protocol: str
    attempts: int
    head: bytes
    body: bytes


class ListedReport(Struct, frozen=True, kw_only=True):
    """A row as a list shows it. Times in microseconds, `size` in bytes."""

    forward_id: int
    report_id: int
    event_id: str
    size: int
    state: ForwardState
    created_at: int
    settled_at: int | None
    attempts: int
    error: str | None


def add(
    connection: Connection, arrived: Sequence[Report], now: int, named: Mapping[int, str] | None = None
) -> None:
    """Queue those of the reports that are to be passed on; in the transaction that ends their wait.

    `named` are the projects of reports that do not name theirs, by the report's number.
    """
    for forward in targets.listed(connection):
        names = projects.names_of(connection, forward.project_id)
        mine = [
            each
            for each in arrived
            if (each.project or (named or {}).get(each.id, "")) in names
            and each.id > forward.after_report
            and each.protocol in FORWARDED
            and PASSED_ON not in each.head.lower()
        ]
        if mine:
            _queue(connection, forward, mine, now)


def _queue(connection: Connection, forward: Forward, mine: Sequence[Report], now: int) -> None:
    waiting, size, skipped = forward.waiting, forward.waiting_bytes, 0
    rows: list[bulk.Row] = []
    for report in mine:
        length = len(report.head) + len(report.body)
        if waiting >= MOST_WAITING or size + length > MOST_BYTES:
            skipped += 1
            continue
        waiting, size = waiting + 1, size + length
        about = (None, forward.id, report.id, report.event_id, report.protocol, length)
        rows.append((*about, ForwardState.WAITING.value, now, now, 0, None, None, report.head, report.body))
    bulk.add(connection, reports, rows)
    values: dict[str, Any] = {"waiting": waiting, "waiting_bytes": size}
    if skipped:
        values |= {"not_sent": forward.not_sent + skipped, "last_error": TOO_MANY}
    connection.execute(update(forwards).where(forwards.c.id == forward.id).values(values))


def next_due(connection: Connection, now: int) -> int | None:
    """When something is to be sent next, in microseconds; None when nothing is.

    What is to be given up is found by the job's seldom runs: to look for the oldest would read all of it.
    """
    due: list[int] = []
    for forward in targets.listed(connection):
        if forward.enabled and forward.waiting:
            waits = (reports.c.forward_id == forward.id) & reports.c.due_at.is_not(None)
            at = connection.execute(select(func.min(reports.c.due_at)).where(waits)).scalar()
            due.append(max(_unless_ahead(at or now, now), _unless_ahead(forward.next_try_at, now)))
    return min(due, default=None)


def due_targets(connection: Connection, now: int) -> list[Forward]:
    """The targets for which something may be sent now."""
    return [
        each
        for each in targets.listed(connection)
        if each.enabled and each.waiting and _unless_ahead(each.next_try_at, now) <= now
    ]


def next_for(connection: Connection, forward_id: int, now: int) -> WaitingReport | None:
    """The report that this target is sent next, if one is due."""
    c = reports.c
    due = case((c.due_at > now + LONGEST_LIMIT, now), else_=c.due_at)
    row = connection.execute(
        select(c.id, c.report_id, c.event_id, c.protocol, c.attempts, c.head, c.body)
        .where(c.forward_id == forward_id, c.due_at.is_not(None), due <= now)
        .order_by(c.due_at, c.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else WaitingReport(*row)


def settle(
    connection: Connection, forward_id: int, row: int, state: ForwardState, error: str | None, now: int
) -> bool:
    """The report needs no more tries, and its copy is deleted; False when it was settled before."""
    found = connection.execute(
        select(reports.c.size).where(reports.c.id == row, reports.c.due_at.is_not(None))
    ).scalar()
    if found is None:
        return False
    values = {"state": state, "due_at": None, "settled_at": now, "error": error, "head": None, "body": None}
    connection.execute(
        update(reports)
        .where(reports.c.id == row)
        .values(attempts=reports.c.attempts + (state is not ForwardState.MISSED), **values)
    )
    outcome = forwards.c.sent if state is ForwardState.SENT else forwards.c.not_sent
    connection.execute(
        update(forwards)
        .where(forwards.c.id == forward_id)
        .values(
            {
                forwards.c.waiting: forwards.c.waiting - 1,
                forwards.c.waiting_bytes: forwards.c.waiting_bytes - found,
                outcome: outcome + 1,
            }
        )
    )
    _forget(connection, forward_id, row)
    return True


def try_again(connection: Connection, row: int, error: str, due_at: int, *, counts: bool) -> None:
    """The report waits on until `due_at` at least; with `counts` the try was the report's own failure."""
    connection.execute(
        update(reports)
        .where(reports.c.id == row, reports.c.due_at.is_not(None))
        .values(attempts=reports.c.attempts + counts, error=error, due_at=due_at)
    )


def has_expired(connection: Connection, now: int) -> bool:
    """Whether `expire` would change anything."""
    return any(each.waiting for each in targets.listed(connection)) and bool(_too_old(connection, now))


def expire(connection: Connection, now: int) -> None:
    """Give up what has waited for a day."""
    for row, forward_id in _too_old(connection, now):
        settle(connection, forward_id, row, ForwardState.MISSED, TOO_OLD, now)


def newest(connection: Connection, limit: int, forward_id: int | None = None) -> list[ListedReport]:
    """What was sent, waits or was not sent, the newest first."""
    c = reports.c
    columns = (c.forward_id, c.report_id, c.event_id, c.size, c.state, c.created_at, c.settled_at)
    query = select(*columns, c.attempts, c.error).order_by(c.id.desc()).limit(limit)
    if forward_id is not None:
        query = query.where(c.forward_id == forward_id)
    return [
        ListedReport(
            forward_id=forward,
            report_id=report,
            event_id=event,
            size=size,
            state=ForwardState(state),
            created_at=created,
            settled_at=settled,
            attempts=attempts,
            error=error,
        )
        for forward, report, event, size, state, created, settled, attempts, error in connection.execute(
            query
        )
    ]


def _too_old(connection: Connection, now: int) -> list[tuple[int, int]]:
    c = reports.c
    query = select(c.id, c.forward_id).where(c.due_at.is_not(None), c.created_at < now - OLDEST).limit(1_000)
    return [(row.id, row.forward_id) for row in connection.execute(query)]


def _forget(connection: Connection, forward_id: int, row: int) -> None:
    old = (reports.c.forward_id == forward_id) & reports.c.due_at.is_(None)
    connection.execute(delete(reports).where(old, reports.c.id <= row - MOST_SETTLED))


def _unless_ahead(at: int, now: int) -> int:
    """`at`, or now where it was written by a clock that was ahead and has been set back."""
    return now if at > now + max(LONGEST_LIMIT, PAUSES[-1]) else at
