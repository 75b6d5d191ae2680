"""Adds what is recent of all issues to the counter tables, in short steps, when much of it has gathered.

What it saves is to change a page of a table for each event: when fifty thousand events of as many issues are
added in the order of the issues, each page of the tables is changed once for several events. A step is one
transaction that adds some rows and records how far it came, so that everything counts once at every moment.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select, update

from app.store import schema as t
from app.store.database import Connection, Database
from app.store.inbox.counts import recent_counts
from app.store.prepared import Prepared

# What is written for an event falls with it, and what is read for the counters of an issue hardly grows.
WORTH_SETTLING = 100_000
# The write lock is held for some milliseconds.
ROWS_AT_ONCE = 256
REMOVED_AT_ONCE = 4_096


class _Position(Struct, frozen=True):
    """Recent rows up to number `through` are settled: of issues up to `issue`, None: of all."""

    through: int
    issue: int | None


class CountSettler:
    """Settles the recent counts of one store when there are `WORTH_SETTLING` rows of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # What is left from `_position` on: the numbers of some rows, and the last issue that they are of.
        self._position: _Position | None = None
        self._left: Iterator[tuple[list[int], int]] = iter(())

    def has_work(self, connection: Connection) -> bool:
        """Whether a step would do something, on the caller's connection."""
        position = _read_position(connection)
        oldest, newest = _ends(connection)
        is_under_way = position.issue is not None or 0 < oldest <= position.through
        return is_under_way or newest - oldest >= WORTH_SETTLING

    def step(self) -> bool:
        """Make one step; False when there is nothing to do."""
        with self._database.reading() as connection:
            position = _read_position(connection)
            oldest, newest = _ends(connection)
            if position.issue is not None and position != self._position:
                self._position, self._left = position, _in_parts(_unsettled(connection, position))
        if position.issue is not None:
            self._settle_some(position)
        elif 0 < oldest <= position.through:
            with self._database.writing() as connection:
                _remove(connection, min(position.through, oldest + REMOVED_AT_ONCE))
        elif newest - oldest >= WORTH_SETTLING:
            with self._database.writing() as connection:
                if _read_position(connection) == position:
                    _move(connection, _Position(newest, 0))
        else:
            return False
        return True

    def _settle_some(self, position: _Position) -> None:
        # Until the commit, it is not known where the pass is.
        self._position = None
        numbers, issue = next(self._left, ([], None))
        moved = _Position(position.through, issue)
        with self._database.writing() as connection:
            if _read_position(connection) != position:
                return
            recent_counts.settle_rows(connection, numbers)
            _move(connection, moved)
        self._position = moved


def _read_position(connection: Connection) -> _Position:
    row = _POSITION.first(connection)
    assert row is not None
    return _Position(*row)


def _move(connection: Connection, position: _Position) -> None:
    connection.execute(update(t.state).values(settled_through=position.through, settled_issue=position.issue))


def _ends(connection: Connection) -> tuple[int, int]:
    """The oldest and the newest number; zeros when there is none."""
    return _OLDEST.value(connection) or 0, _NEWEST.value(connection) or 0


def _unsettled(connection: Connection, position: _Position) -> list[tuple[int, int]]:
    """The rows that are still to be settled: (issue, number)."""
    found = _UNSETTLED.rows(connection, through=position.through, issue=position.issue)
    return sorted((issue, number) for issue, number in found)


def _in_parts(rows: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], int]]:
    """Numbers of rows, and the issue of the last: all rows of an issue are in one part."""
    part: list[int] = []
    for issue, of_issue in groupby(rows, key=itemgetter(0)):
        part += [number for _issue, number in of_issue]
        if len(part) >= ROWS_AT_ONCE:
            yield part, issue
            part = []
    if part:
        yield part, rows[-1][0]


def _remove(connection: Connection, through: int) -> None:
    connection.execute(delete(t.recent_counts).where(t.recent_counts.c.number <= through))


_POSITION = Prepared(select(t.state.c.settled_through, t.state.c.settled_issue))
_UNSETTLED = Prepared(
    select(t.recent_counts.c.issue_id, t.recent_counts.c.number).where(
        t.recent_counts.c.number <= bindparam("through"), t.recent_counts.c.issue_id > bindparam("issue")
    )
)
# Each alone: asked for both at once, SQLite reads the whole table.
_OLDEST = Prepared(select(func.min(t.recent_counts.c.number)))
_NEWEST = Prepared(select(func.max(t.recent_counts.c.number)))
