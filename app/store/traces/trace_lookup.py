"""Finds what is stored of a trace: its parts, its events, the log lines around a moment, past runs."""

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, bindparam, select

from app.model import EventSummary, Level, from_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store import sqlite
from app.store.inbox.issues import projects
from app.store.prepared import Prepared
from app.store.traces.trace_rows import SLOT, Kind, key_of, run_key

MOST_PARTS = 2_000
MOST_EVENTS = 200
MOST_RUNS = 10_000
_HOUR = 3_600_000_000
# How far before and after an error its trace is looked for: a job may run for hours.
REACH = 6 * _HOUR
_FOR_EVER = 1 << 62


class StoredPart(Struct, frozen=True):
    """One row: its number, the project's name, the server, and the content as `packing.pack` made it."""

    number: int
    project: str
    server: str | None
    content: bytes


class TraceNumbers(Struct, frozen=True):
    """Which parts and events there are of a trace: two are equal while nothing of it has come.

    `near` are the parts with log lines of about the same time, where the trace has none.
    """

    parts: tuple[int, ...] = ()
    events: tuple[int, ...] = ()
    near: tuple[int, ...] = ()


def numbers_of(connection: Connection, trace_id: str, received_at: int) -> TraceNumbers:
    """What is stored of the trace of an event that arrived at `received_at` (microseconds)."""
    slots = _slots(connection, received_at - REACH, received_at + REACH)
    key = key_of(trace_id)
    return TraceNumbers(
        tuple(_references(connection, slots, Kind.TRACE, key, MOST_PARTS)),
        tuple(_references(connection, slots, Kind.EVENT, key, MOST_EVENTS)),
    )


def lines_around(connection: Connection, project: str, begin: int, end: int) -> tuple[int, ...]:
    """The parts with log lines of a project that arrived between two times (microseconds)."""
    project_id = _PROJECT.value(connection, name=project)
    if project_id is None:
        return ()
    slots = _slots(connection, begin, end)
    return tuple(_references(connection, slots, Kind.LINES, project_id, MOST_PARTS))


def parts(connection: Connection, numbers: Collection[int]) -> list[StoredPart]:
    """The parts of these numbers, as far as they are still stored."""
    rows = _PARTS.rows(connection, numbers=sqlite.values_of(numbers))
    return [StoredPart(*row) for row in rows]


def events(connection: Connection, numbers: Sequence[int]) -> list[EventSummary]:
    """The events of these numbers, the oldest first, as far as they are still stored."""
    return [_summary(row) for row in _EVENTS.rows(connection, numbers=sqlite.values_of(numbers))]


def transaction_times(connection: Connection, project: str, transaction: str, since: int) -> list[int]:
    """When a transaction of a project ran, the oldest first: times in microseconds, from `since` on.

    Known only where the client sends traces, of a report only its last run, and for as long as traces are
    stored. `transaction` is the name that events have.
    """
    project_id = _PROJECT.value(connection, name=project)
    if project_id is None:
        return []
    # A run is stored when it has ended and its report has come.
    slots = _slots(connection, since, _FOR_EVER)
    runs = _references(connection, slots, Kind.RUN, run_key(project_id, transaction), MOST_RUNS)
    return sorted(at for at in runs if at >= since)


def _slots(connection: Connection, begin: int, end: int) -> str:
    found = _SLOTS.rows(connection, begin=begin // SLOT, end=end // SLOT)
    return sqlite.values_of(slot for (slot,) in found)


def _references(connection: Connection, slots: str, kind: Kind, key: int, most: int) -> list[int]:
    rows = _REFERENCES.rows(connection, slots=slots, kind=int(kind), key=key, most=most)
    return [ref for (ref,) in rows]


def _summary(row: tuple[Any, ...]) -> EventSummary:
    pk, event_id, issue_id, project, timestamp, level, title = row
    return EventSummary(
        pk=pk,
        event_id=event_id,
        issue_id=issue_id,
        project=project,
        timestamp=from_micros(timestamp),
        level=Level(level),
        title=hide(title),
    )


_S, _I = t.trace_slots.c, t.trace_index.c
_SLOTS = Prepared(select(_S.slot).where(_S.slot >= bindparam("begin"), _S.slot <= bindparam("end")))
# Each slot is looked into by the whole key. In one statement with the slots, SQLite reads all of the index.
_REFERENCES = Prepared(
    select(_I.ref)
    .where(sqlite.among(_I.slot, "slots"), _I.kind == bindparam("kind"), _I.key == bindparam("key"))
    .limit(bindparam("most"))
)
_PROJECT = Prepared(
    select(t.projects.c.id)
    .where(t.projects.c.id.in_(projects.named(bindparam("name"))))
    .order_by(t.projects.c.merged_into.isnot(None), t.projects.c.id)
)
_P, _E = t.trace_parts.c, t.events.c
_PARTS = Prepared(
    select(_P.id, t.projects.c.shown, _P.server, _P.content)
    .join_from(t.trace_parts, t.projects, t.projects.c.id == _P.project_id)
    .where(sqlite.among(_P.id, "numbers"))
)
_EVENTS = Prepared(
    select(_E.id, _E.event_id, _E.issue_id, t.projects.c.shown, _E.timestamp, _E.level, _E.title)
    .join_from(t.events, t.projects, t.projects.c.id == _E.project_id)
    .where(sqlite.among(_E.id, "numbers"))
)
