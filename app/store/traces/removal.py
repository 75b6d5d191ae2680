"""Removes the oldest traces, in short steps, each in the caller's transaction."""

from msgspec import Struct
from sqlalchemy import Connection, and_, bindparam, delete, func, select, tuple_

from app.store import schema as t
from app.store import sqlite
from app.store.prepared import Prepared
from app.store.traces.trace_rows import SLOT, Kind, stored_bytes

ENTRIES_AT_ONCE = 1_000
_HOUR = 3_600_000_000
_MB = 1_000_000


class TraceBounds(Struct, frozen=True):
    """How long and how much: whole slots go that are older than `hours` or beyond `megabytes`."""

    hours: int
    megabytes: int

    def oldest(self, now: int) -> int:
        """When the oldest that stays arrived; `now` and the result in microseconds."""
        return now - self.hours * _HOUR


NOTHING = TraceBounds(0, 0)


def remove_step(connection: Connection, bounds: TraceBounds, now: int) -> bool:
    """Remove some of the oldest slot if it exceeds `bounds`; returns whether anything was removed.

    With `NOTHING` every slot does.
    """
    slot = _OLDEST.value(connection)
    if slot is None:
        return False
    is_old = (slot + 1) * SLOT <= bounds.oldest(now)
    if not (is_old or bounds == NOTHING or stored_bytes(connection) > bounds.megabytes * _MB):
        return False
    entries = list(_ENTRIES.rows(connection, slot=slot, most=ENTRIES_AT_ONCE))
    gone = sorted({ref for kind, _key, ref in entries if kind in (Kind.TRACE, Kind.LINES)})
    _REMOVE_PARTS.run(connection, numbers=sqlite.values_of(gone))
    if len(entries) < ENTRIES_AT_ONCE:
        _REMOVE_ENTRIES.run(connection, slot=slot)
        _REMOVE_SLOT.run(connection, slot=slot)
    else:
        kind, key, ref = entries[-1]
        _REMOVE_ENTRIES_THROUGH.run(connection, slot=slot, kind=kind, key=key, ref=ref)
    return True


_I = t.trace_index.c
_OF_SLOT = _I.slot == bindparam("slot")
_THROUGH = tuple_(_I.kind, _I.key, _I.ref) <= tuple_(bindparam("kind"), bindparam("key"), bindparam("ref"))
_OLDEST = Prepared(select(func.min(t.trace_slots.c.slot)))
_ENTRIES = Prepared(
    select(_I.kind, _I.key, _I.ref)
    .where(_OF_SLOT)
    .order_by(_I.slot, _I.kind, _I.key, _I.ref)
    .limit(bindparam("most"))
)
_REMOVE_ENTRIES = Prepared(delete(t.trace_index).where(_OF_SLOT))
_REMOVE_ENTRIES_THROUGH = Prepared(delete(t.trace_index).where(and_(_OF_SLOT, _THROUGH)))
_REMOVE_PARTS = Prepared(delete(t.trace_parts).where(sqlite.among(t.trace_parts.c.id, "numbers")))
_REMOVE_SLOT = Prepared(delete(t.trace_slots).where(t.trace_slots.c.slot == bindparam("slot")))
