"""Adds what reports brought of traces, in the caller's transaction, and says how much is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import IntEnum

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.store import bulk
from app.store import schema as t
from app.store.inbox import event_ids
from app.store.prepared import Prepared

SLOT = 4_000_000
"""How long a slot is, in microseconds."""
# What a row takes besides its content.
_PART_BYTES = 48
_ENTRY_BYTES = 24


class Kind(IntEnum):
    """What an entry of the index leads to, and by which key."""

    TRACE = 0
    """By a trace to a part that has spans or lines of it."""
    EVENT = 1
    """By a trace to an event of it, by its number."""
    LINES = 2
    """By a project's number to a part that has log lines of it."""
    RUN = 3
    """By a transaction of a project to a time at which it ran, in microseconds."""


class Part(Struct, frozen=True, kw_only=True):
    """What one report brought of one project. `runs` are its transactions, each with the last time it began.

    `received_at` is in microseconds, `content` is what `app.traces.packing.pack` returns.
    """

    received_at: int
    project_id: int
    server: str | None
    content: bytes
    traces: frozenset[str] = frozenset()
    has_lines: bool = False
    runs: Mapping[str, int] = {}


class TracedEvent(Struct, frozen=True):
    """An event of a trace: when its report arrived, its number, and the trace's id."""

    received_at: int
    pk: int
    trace_id: str


def add(connection: Connection, parts: Sequence[Part], events: Sequence[TracedEvent]) -> None:
    """Add parts and events."""
    number = _LAST.value(connection) or 0
    rows: list[bulk.Row] = []
    entries: set[tuple[int, int, int, int]] = set()
    sizes = Counter[int]()
    for number, part in enumerate(parts, number + 1):  # noqa: B020 - it goes on from the last one
        slot = part.received_at // SLOT
        rows.append((number, part.project_id, part.server, part.content))
        entries.update((slot, Kind.TRACE, key_of(trace), number) for trace in part.traces)
        entries.update((slot, Kind.RUN, run_key(part.project_id, name), at) for name, at in part.runs.items())
        if part.has_lines:
            entries.add((slot, Kind.LINES, part.project_id, number))
        sizes[slot] += len(part.content) + _PART_BYTES
    for event in events:
        entries.add((event.received_at // SLOT, Kind.EVENT, key_of(event.trace_id), event.pk))
    for entry in entries:
        sizes[entry[0]] += _ENTRY_BYTES
    bulk.add(connection, t.trace_parts, rows)
    bulk.add_missing(connection, t.trace_index, sorted(entries))
    bulk.count_up(connection, t.trace_slots, sorted(sizes.items()))


def key_of(trace_id: str) -> int:
    """The number by which a trace is looked up."""
    return event_ids.key_of(trace_id)


def run_key(project_id: int, transaction: str) -> int:
    """The number by which the runs of a project's transaction are looked up."""
    return event_ids.key_of(f"{project_id}\0{transaction}")


def stored_bytes(connection: Connection) -> int:
    """How much is stored in all, without what the pages of the file have free."""
    return int(_BYTES.value(connection) or 0)


_LAST = Prepared(select(func.max(t.trace_parts.c.id)))
_BYTES = Prepared(select(func.sum(t.trace_slots.c.bytes)))
