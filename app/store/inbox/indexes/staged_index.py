"""Indexes of events by something random, which are written in stages.

An event's id, and its issue, lead anywhere in an index: at a million events each of a batch's five hundred
wrote a page of 16 KiB of its own, in both. So an entry first goes into a small table, of which a batch writes
every page, and one part after the other of that, by key, is moved into the large table, where the entries of
a part share pages. Measured at a million: 1 kB an event in each of the two, where SQLite's own indexes wrote
15 and 10.

Every entry is in exactly one of the two tables: triggers on `events` add and remove it (migration 0012), and
it is moved in the transaction of a batch.
"""

from math import isqrt

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Subquery, Table, delete, insert, select, union_all

# A part is moved whenever so many events have been filed.
EVENTS_A_TURN = 512
# How many parts there are grows with the root of the number of events, and so does the small table: then both
# tables write about as much.
PARTS_OF_EVENTS = 256


def turns(before: int, through: int) -> range:
    """The turns that came while the events after number `before` up to `through` were filed."""
    return range(before // EVENTS_A_TURN, through // EVENTS_A_TURN)


class StagedIndex(Struct, frozen=True):
    """An index of two columns, the second of which is the event: `recent` is small, `settled` large."""

    recent: Table
    settled: Table

    def entries(self, name: str) -> Subquery:
        """All entries. SQLite looks them up by the key where that is compared with a value, not a column."""
        return union_all(select(self.settled), select(self.recent)).subquery(name)

    def settle(self, connection: Connection, keys: int, before: int, through: int) -> None:
        """Move the parts whose turn came while the events after number `before` up to `through` were filed.

        `keys` is what all keys are below.
        """
        parts = max(1, isqrt(through // PARTS_OF_EVENTS))
        for turn in turns(before, through):
            part = turn % parts
            self._move(connection, keys * part // parts, keys * (part + 1) // parts)

    def _move(self, connection: Connection, begin: int, end: int) -> None:
        key: ColumnElement[int]
        key, event = self.recent.c
        of_part = (key >= begin) & (key < end)
        going = select(self.recent).where(of_part).order_by(key, event)
        connection.execute(insert(self.settled).from_select(list(self.settled.c.keys()), going))
        connection.execute(delete(self.recent).where(of_part))
