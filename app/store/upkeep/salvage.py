"""Reads the reports that wait in a store that was set aside, around the damage in it.

A report waits when the digest had not reached it, or when it had failed and was not discarded. Where
the cursor itself cannot be read all reports are taken: in the new store none of them has been filed. Rows are
read in the order of their numbers, which have no gaps; where SQLite gives up, the next readable
number is searched in steps that double, and then in steps that halve.
"""

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from app.store import sqlite
from app.store.schema import salvages
from app.store.sqlite import DriverConnection, ReadError

# received_at, protocol, project, event_id, remote, head, body: a row of `reports` without its number.
Row = tuple[int, str, str, str, str, bytes, bytes]

BATCH_REPORTS = 100
BATCH_BYTES = 1 << 20
_TYPES = (int, int, str, str, str, str, bytes, bytes)
_COLUMNS = "id, received_at, protocol, project, event_id, remote, head, body"
_FARTHEST = 1 << 62


class SalvageProgress(Struct, frozen=True, kw_only=True):
    """How much of a store has been carried over; `through` is the number of the last report there."""

    through: int = 0
    carried: int = 0
    unreadable: int = 0
    has_ended: bool = False


class Batch(Struct, frozen=True):
    """Reports to be carried over, and the progress once they are."""

    rows: tuple[Row, ...]
    progress: SalvageProgress


def batches(file: Path, start: SalvageProgress) -> Iterator[Batch]:
    """What waits in the store `file`, from `start` on. The last batch, perhaps an empty one, has ended."""
    rows: list[Row] = []
    size, done = 0, start
    with closing(sqlite.open_damaged(file)) as connection:
        for found in _waiting(connection, start.through):
            carried = done.carried + (found.row is not None)
            done = SalvageProgress(
                through=found.number, carried=carried, unreadable=done.unreadable + found.unreadable
            )
            if found.row is None:
                continue
            rows.append(found.row)
            size += len(found.row[-1])
            if len(rows) >= BATCH_REPORTS or size >= BATCH_BYTES:
                yield Batch(tuple(rows), done)
                rows, size = [], 0
    ended = SalvageProgress(
        through=done.through, carried=done.carried, unreadable=done.unreadable, has_ended=True
    )
    yield Batch(tuple(rows), ended)


def progress(connection: Connection, name: str) -> SalvageProgress:
    """How much of the store that was set aside as `name` has been carried over into this one."""
    return dict(all_progress(connection)).get(name, SalvageProgress())


def all_progress(connection: Connection) -> list[tuple[str, SalvageProgress]]:
    """The stores that were carried over into this one, by name, the newest first."""
    return [
        (
            row.file,
            SalvageProgress(
                through=row.through,
                carried=row.carried,
                unreadable=row.unreadable,
                has_ended=row.ended_at is not None,
            ),
        )
        for row in connection.execute(select(*salvages.c).order_by(salvages.c.at.desc()))
    ]


def note(connection: Connection, name: str, reached: SalvageProgress, now: int) -> None:
    """Write the progress down, in the transaction that carries the reports; `now` in microseconds."""
    connection.execute(delete(salvages).where(salvages.c.file == name))
    connection.execute(
        insert(salvages).values(
            file=name,
            at=now,
            through=reached.through,
            carried=reached.carried,
            unreadable=reached.unreadable,
            ended_at=now if reached.has_ended else None,
        )
    )


def describe(name: str, reached: SalvageProgress) -> str:
    """What was carried over, as a sentence; empty where there was nothing."""
    if not reached.carried and not reached.unreadable:
        return ""
    lost = f"; {reached.unreadable:,} could not be read" if reached.unreadable else ""
    return f"{reached.carried:,} reports that waited in {name} were carried over{lost}."


class _Found(Struct, frozen=True):
    """A report, or the number of unreadable reports up to this one."""

    number: int
    row: Row | None
    unreadable: int = 0


def _waiting(connection: DriverConnection, after: int) -> Iterator[_Found]:
    """The reports that wait after the number `after`."""
    cursor = _number(connection, "SELECT digested_through FROM state") or 0
    for number in _set_back(connection, cursor):
        if number > after and (found := _read(connection, number, number)) is not _NOTHING:
            yield found or _Found(number, None, 1)
    yield from _in_line(connection, max(after, cursor))


def _set_back(connection: DriverConnection, cursor: int) -> list[int]:
    query = "SELECT report_id FROM setbacks WHERE discarded_at IS NULL AND report_id <= ? ORDER BY report_id"
    numbers: list[int] = []
    with suppress(ReadError):
        numbers.extend(number for (number,) in connection.execute(query, (cursor,)))
    return numbers


def _in_line(connection: DriverConnection, after: int) -> Iterator[_Found]:
    last = _number(connection, "SELECT max(id) FROM reports") or 0
    query = f"SELECT {_COLUMNS} FROM reports WHERE id > ? ORDER BY id"  # noqa: S608 - names of ours
    while True:
        # The driver reads one row ahead, and an error there costs it the row before.
        with suppress(ReadError):
            for row in connection.execute(query, (after,)):
                found = _checked(row)
                if found.number <= after:
                    break
                yield from _behind(after, found)
                after = found.number
            else:
                return
        following = _read(connection, after + 1) or _next_readable(connection, after + 1)
        if following is _NOTHING:
            if last > after:
                yield _Found(last, None, last - after)
            return
        yield from _behind(after, following)
        after = following.number


def _behind(after: int, found: _Found) -> Iterator[_Found]:
    """Yields the gap before a report, as unreadable, and the report: numbers have no gaps."""
    if found.number > after + 1:
        yield _Found(found.number - 1, None, found.number - 1 - after)
    yield found


def _next_readable(connection: DriverConnection, broken: int) -> _Found:
    """The first report after the number `broken` from which reading can resume."""
    step = 1
    while (found := _read(connection, broken + step)) is None:
        step *= 2
        if step > _FARTHEST:
            return _NOTHING
    if found is _NOTHING:
        return _NOTHING
    low, high = broken + max(1, step // 2), broken + step
    while low < high:
        middle = (low + high) // 2
        earlier = _read(connection, middle)
        if earlier is None or earlier is _NOTHING:
            low = middle + 1
        else:
            high, found = middle, earlier
    return found


# No row; None would mean an unreadable one.
_NOTHING = _Found(0, None)


def _read(connection: DriverConnection, first: int, last: int = _FARTHEST) -> _Found | None:
    """The first report with a number in this range; None when that place cannot be read."""
    query = f"SELECT {_COLUMNS} FROM reports WHERE id BETWEEN ? AND ? ORDER BY id LIMIT 1"  # noqa: S608
    try:
        row = connection.execute(query, (first, last)).fetchone()
    except ReadError:
        return None
    if row is None:
        return _NOTHING
    found = _checked(row)
    return found if found.number >= first else None


def _checked(row: tuple[Any, ...]) -> _Found:
    """A row of the table; it cannot be read when a column is not what it must be."""
    if all(isinstance(value, kind) for value, kind in zip(row, _TYPES, strict=True)):
        return _Found(row[0], row[1:])
    return _Found(row[0] if isinstance(row[0], int) else 0, None, 1)


def _number(connection: DriverConnection, query: str) -> int | None:
    try:
        found = connection.execute(query).fetchone()
    except ReadError:
        return None
    return found[0] if found is not None and isinstance(found[0], int) else None
