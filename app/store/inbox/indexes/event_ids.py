"""Finds events by the ids that their clients gave them.

Looked up is a number made of the id, since that takes half the space; whole ids are compared afterwards. An
event is stored once since the digest looks it up, and adds it, while it holds the write lock.
"""

from collections.abc import Collection
from hashlib import blake2b

from sqlalchemy import Connection, Table, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.indexes.staged_index import StagedIndex
from app.store.prepared import Prepared

KEY_BYTES = 6
# An SQLite integer of six bytes has a sign.
KEYS = 1 << (8 * KEY_BYTES - 1)
INDEX = StagedIndex(t.recent_event_ids, t.event_ids)


def key_of(event_id: str) -> int:
    """The number that an event is looked up by: evenly distributed, and below `KEYS`."""
    digest = blake2b(event_id.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
    return int.from_bytes(digest) % KEYS


def stored(connection: Connection, event_ids: Collection[str]) -> set[tuple[str, int]]:
    """Which of these event ids are stored, each with its project's number."""
    return {(event_id, project_id) for _number, event_id, project_id in _found(connection, set(event_ids))}


def newest(connection: Connection, event_id: str) -> int | None:
    """The newest event with this id, in whichever project."""
    return max((number for number, _id, _project in _found(connection, {event_id})), default=None)


def settle(connection: Connection, before: int, through: int) -> None:
    """After the events from `before` (exclusive) to `through` were filed: move what is to be moved now."""
    INDEX.settle(connection, KEYS, before, through)


def _found(connection: Connection, event_ids: set[str]) -> list[tuple[int, str, int]]:
    keys = sqlite.values_of(sorted(map(key_of, event_ids)))
    return [
        (number, event_id, project_id)
        for find in (_FIND_RECENT, _FIND_SETTLED)
        for number, event_id, project_id in find.rows(connection, keys=keys)
        if event_id in event_ids
    ]


def _find_in(table: Table) -> Prepared:
    return Prepared(
        select(t.events.c.id, t.events.c.event_id, t.events.c.project_id)
        .join_from(table, t.events, t.events.c.id == table.c.event)
        .where(sqlite.among(table.c.key, "keys"))
    )


_FIND_RECENT, _FIND_SETTLED = _find_in(INDEX.recent), _find_in(INDEX.settled)
