"""The durable queue of reports: appended by the receiver, claimed in order by the digest.

A report's number is its place in line. `state.digested_through` is how far the digest has come; what failed
before that waits in `setbacks` for its next try, or is dead. So `received = pending + digested + dead` holds
by construction: all four are derived from the same three numbers.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Dialect, bindparam, delete, func, insert, select, update

from app.model import Report
from app.store import sqlite
from app.store.prepared import Prepared
from app.store.schema import reports, setbacks, state


class ReportSetback(Struct, frozen=True, kw_only=True):
    """A report that left the line. `due_at` is in microseconds; None once it is `dead`.

    It failed alone; or it is large and in the slow lane, and `filed` of its events are filed.
    """

    report_id: int
    attempts: int
    due_at: int | None
    dead: bool
    error: str
    traceback: str
    filed: int | None = None


class Large(Struct, frozen=True):
    """A report of the slow lane: how often it was tried, and how many of its events are filed."""

    report: Report
    attempts: int
    filed: int


class Claim(Struct, frozen=True):
    """What to digest next; the cursor is at `start`, and at `through` once that is done.

    `newest` is the number of the newest report of all.
    """

    reports: tuple[Report, ...]
    start: int
    through: int
    newest: int


# id, received_at, protocol, project, event_id, remote, head, body: the columns of `reports`.
NewRow = tuple[int, int, str, str, str, str, bytes, bytes]


def last_number(connection: Connection) -> int:
    """The number of the newest report that was ever accepted; 0 before the first."""
    newest = connection.execute(select(func.max(reports.c.id))).scalar() or 0
    return max(newest, cursor(connection))


def append(connection: Connection, rows: Sequence[NewRow]) -> None:
    """Store reports, given as tuples in the order of the table's columns.

    One statement for all rows, hence one call into the database: while it works, and syncs, other threads
    run. Row by row, the caller would wait for the interpreter's lock after each.
    """
    sqlite.execute(connection, _insert(connection.dialect, len(rows)), tuple(chain.from_iterable(rows)))


@lru_cache(maxsize=1024)
def _insert(dialect: Dialect, rows: int) -> str:
    one = str(insert(reports).compile(dialect=dialect))
    return one + f", {one[one.rindex('(') :]}" * (rows - 1)


def waiting(connection: Connection) -> tuple[int, int]:
    """How many reports the digest has not come to yet, and the bytes of their bodies."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(func.length(reports.c.body)), 0)).where(
            reports.c.id > cursor(connection)
        )
    ).one()
    return int(row[0]), int(row[1])


def cursor(connection: Connection) -> int:
    """The number of the last report that the digest has come to."""
    return int(_CURSOR.value(connection))


def claim(connection: Connection, *, limit: int, max_bytes: int, after: int = 0) -> Claim:
    """The next reports in line, oldest first: at most `limit`, and about `max_bytes` of bodies.

    Only those with a greater number than `after`, up to which everything in line is claimed already.
    """
    start = cursor(connection)
    after = max(start, after)
    taken: list[Report] = []
    size = 0
    for row in _CLAIM.rows(connection, after=after, most=limit):
        taken.append(_report(row))
        size += len(taken[-1].body)
        if size >= max_bytes:
            break
    through = taken[-1].id if taken else after
    is_all = len(taken) < limit and size < max_bytes
    return Claim(tuple(taken), start, through, through if is_all else last_number(connection))


def is_current(connection: Connection, claim: Claim) -> bool:
    """Whether no other digest has moved the cursor since the claim was made."""
    return cursor(connection) == claim.start


def claim_due(
    connection: Connection, now: int, longest_pause: int, *, limit: int, max_bytes: int = 1 << 23
) -> list[tuple[Report, int]]:
    """Reports that failed before and are due again, each with how often it was tried.

    At most `limit`, and about `max_bytes` of bodies, without those of the slow lane. What would have to wait
    longer than `longest_pause` (microseconds) was recorded by a clock that was ahead: it is due, too.
    """
    due: list[tuple[Report, int]] = []
    size = 0
    for *row, attempts in _CLAIM_DUE.rows(connection, now=now, latest=now + longest_pause, most=limit):
        report = _report(row)
        due.append((report, attempts))
        size += len(report.body)
        if size >= max_bytes:
            break
    return due


def claim_large(connection: Connection, now: int, longest_pause: int) -> Large | None:
    """The report of the slow lane that is due longest, as in `claim_due`; None when none is."""
    row = _CLAIM_LARGE.first(connection, now=now, latest=now + longest_pause)
    return None if row is None else Large(_report(row), *row[-2:])


def _is_waiting() -> ColumnElement[bool]:
    return setbacks.c.dead.is_(False) & setbacks.c.discarded_at.is_(None)


def _is_due() -> ColumnElement[bool]:
    return (setbacks.c.due_at <= bindparam("now")) | (setbacks.c.due_at > bindparam("latest"))


def next_due(connection: Connection, now: int, longest_pause: int) -> int | None:
    """When the next report that failed before is to be tried again; None when none is. As `claim_due`."""
    first, last = connection.execute(
        select(func.min(setbacks.c.due_at), func.max(setbacks.c.due_at)).where(_is_waiting())
    ).one()
    return now if last is not None and last > now + longest_pause else first


def is_due(connection: Connection, report_id: int, attempts: int, filed: int | None = None) -> bool:
    """Whether this report is unchanged since it was claimed: not tried, filed or discarded by others."""
    row = connection.execute(
        select(setbacks.c.attempts, setbacks.c.filed, setbacks.c.discarded_at).where(
            setbacks.c.report_id == report_id
        )
    ).one_or_none()
    return row is not None and (row.attempts, row.filed, row.discarded_at) == (attempts, filed, None)


def get(connection: Connection, report_id: int) -> Report | None:
    """One report, or None when retention has removed it."""
    row = connection.execute(select(*reports.c).where(reports.c.id == report_id)).one_or_none()
    return None if row is None else _report(row)


def several(connection: Connection, report_ids: Collection[int]) -> Iterator[Report]:
    """Those of these reports that are stored, by number. One is in memory at a time."""
    rows = _SEVERAL.rows(connection, reports=sqlite.values_of(report_ids))
    return (_report(row) for row in rows)


def advance(connection: Connection, through: int) -> None:
    """Move the cursor: everything up to `through` is digested or set aside."""
    _ADVANCE.run(connection, through=through)


def set_back(connection: Connection, setback: ReportSetback) -> None:
    """Record a setback in place of the report's earlier one. A discarded report stays discarded."""
    values = {name: getattr(setback, name) for name in ReportSetback.__struct_fields__}
    known = setbacks.c.report_id == setback.report_id
    if not connection.execute(update(setbacks).where(known).values(values)).rowcount:
        connection.execute(insert(setbacks).values(values))


def settle(connection: Connection, report_ids: Iterable[int]) -> None:
    """Remove the setbacks of these reports: they are digested after all."""
    ids = list(report_ids)
    if ids:
        connection.execute(delete(setbacks).where(setbacks.c.report_id.in_(ids)))


def remove(connection: Connection, report_ids: Sequence[int]) -> None:
    """Delete reports that nothing refers to."""
    if report_ids:
        connection.execute(delete(reports).where(reports.c.id.in_(report_ids)))


def _report(row: Any) -> Report:
    number, received_at, protocol, project, event_id, remote, head, body = row[: len(reports.columns)]
    return Report(
        id=number,
        received_at=received_at,
        protocol=protocol,
        project=project,
        event_id=event_id,
        remote=remote,
        head=head,
        body=body,
    )


_CURSOR = Prepared(select(state.c.digested_through))
_ADVANCE = Prepared(update(state).values(digested_through=bindparam("through")))
_CLAIM = Prepared(
    select(*reports.c)
    .where(reports.c.id > bindparam("after"))
    .order_by(reports.c.id)
    .limit(bindparam("most"))
)
_CLAIM_DUE = Prepared(
    select(*reports.c, setbacks.c.attempts)
    .join_from(reports, setbacks)
    .where(_is_waiting(), _is_due(), setbacks.c.filed.is_(None))
    .order_by(setbacks.c.due_at)
    .limit(bindparam("most"))
)
_CLAIM_LARGE = Prepared(
    select(*reports.c, setbacks.c.attempts, setbacks.c.filed)
    .join_from(reports, setbacks)
    .where(_is_waiting(), _is_due(), setbacks.c.filed.is_not(None))
    .order_by(setbacks.c.due_at, setbacks.c.report_id)
    .limit(1)
)
_SEVERAL = Prepared(select(*reports.c).where(sqlite.among(reports.c.id, "reports")).order_by(reports.c.id))
