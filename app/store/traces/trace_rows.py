"""Adds what reports brought of traces, in the caller's transaction, and says how much is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import IntEnum

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.store import bulk
from app.store import schema as t
from app.store.inbox.indexes import event_ids
from app.store.prepared import Prepared

SLOT = 4_000_000
"""How long a slot is, in microseconds."""
# What a row takes besides its content.
_PART_BYTES = 48
_ENTRY_BYTES = 24
_DIGITS = 12
# Slot, kind, key, and what it leads to.
_Entry = tuple[int, int, int, int]


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
    # A plain number: SQLite's driver takes three times as long for a member of an enumeration.
    kind = int(Kind.EVENT)
    entries = {(event.received_at // SLOT, kind, key_of(event.trace_id), event.pk) for event in events}
    sizes = Counter[int]()
    if parts:
        _add_parts(connection, parts, entries, sizes)
    for slot, number in Counter(entry[0] for entry in entries).items():
        sizes[slot] += number * _ENTRY_BYTES
    bulk.add_missing(connection, t.trace_index, sorted(entries))
    bulk.count_up(connection, t.trace_slots, sorted(sizes.items()))


def _add_parts(
    connection: Connection,
    parts: Sequence[Part],
    entries: set[tuple[int, int, int, int]],
    sizes: Counter[int],
) -> None:
    last = _LAST.value(connection) or 0
    trace, run, lines = int(Kind.TRACE), int(Kind.RUN), int(Kind.LINES)
    rows: list[bulk.Row] = []
    for number, part in enumerate(parts, last + 1):
        slot = part.received_at // SLOT
        rows.append((number, part.project_id, part.server, part.content))
        entries.update((slot, trace, key_of(trace_id), number) for trace_id in part.traces)
        entries.update((slot, run, run_key(part.project_id, name), at) for name, at in part.runs.items())
        if part.has_lines:
            entries.add((slot, lines, part.project_id, number))
        sizes[slot] += len(part.content) + _PART_BYTES
    bulk.add(connection, t.trace_parts, rows)


def key_of(trace_id: str) -> int:
    """The number by which a trace is looked up: the end of its id, which is random, where that is hex."""
    try:
        return int(trace_id[-_DIGITS:], 16)
    except ValueError:
        return event_ids.key_of(trace_id)


def run_key(project_id: int, transaction: str) -> int:
    """The number by which the runs of a project's transaction are looked up."""
    return event_ids.key_of(f"{project_id}\0{transaction}")


def stored_bytes(connection: Connection) -> int:
    """How much is stored in all, without what the pages of the file have free."""
    return int(_BYTES.value(connection) or 0)


_LAST = Prepared(select(func.max(t.trace_parts.c.id)))
_BYTES = Prepared(select(func.sum(t.trace_slots.c.bytes)))
