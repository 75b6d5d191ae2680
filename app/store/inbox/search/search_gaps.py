"""Which events are yet to be read as a whole for the search: stretches of their numbers.

What has come since belongs to them, too. The newest are filled first, and a stretch shrinks in the
transaction that fills its end: after a crash nothing is left out, and nothing but that is done again.
"""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.store import schema as t
from app.store import search_index
from app.store.prepared import Prepared
from app.store.search_index import SearchText

# Of more stretches than these the oldest are joined: what was filled between them is filled again.
MOST_GAPS = 50
# How many steps are recorded, for searches that are under way.
REMEMBERED = 2_000


class Unfilled(NamedTuple):
    """An event that is to be filled: its number, and where its report has it."""

    event: int
    report_id: int
    ordinal: int


class Gap(NamedTuple):
    """A stretch of events, from `first` to `last`."""

    first: int
    last: int


def next_due(connection: Connection) -> int | None:
    """0 where an event is to be filled; None where there is none."""
    has_come = (_NEWEST.value(connection) or 0) > _THROUGH.value(connection)
    return 0 if has_come or _LAST_GAP.first(connection) is not None else None


def find(connection: Connection) -> Gap | None:
    """The stretch that is filled next. It may be left to say so by `note_new`."""
    newest, through = _NEWEST.value(connection) or 0, _THROUGH.value(connection)
    row = _LAST_GAP.first(connection)
    if newest <= through:
        return None if row is None else Gap(*row)
    is_joined = row is not None and row[1] == through
    return Gap(row[0] if row is not None and is_joined else through + 1, newest)


def note_new(connection: Connection) -> None:
    """Record what has come since as to be filled."""
    newest, through = _NEWEST.value(connection) or 0, _THROUGH.value(connection)
    if newest <= through:
        return
    row = _LAST_GAP.first(connection)
    if row is not None and row[1] == through:
        _EXTEND.run(connection, at=row[0], last=newest)
    else:
        _ADD.run(connection, first=through + 1, last=newest)
        _join_oldest(connection)
    _PROGRESS.run(connection, through=newest)


def note_again(connection: Connection, event: int) -> None:
    """Record that an event is to be filled, though it may have been."""
    note_new(connection)
    row = _GAP_WITH.first(connection, event=event)
    if row is None or row[1] < event:
        _ADD.run(connection, first=event, last=event)
        _join_oldest(connection)


def unfilled(connection: Connection, gap: Gap, limit: int) -> list[Unfilled]:
    """The newest events of a stretch, the newest first."""
    return [Unfilled(*row) for row in _EVENTS.rows(connection, first=gap.first, last=gap.last, most=limit)]


def fill(connection: Connection, gap: Gap, texts: list[SearchText], down_to: int) -> None:
    """Have the search find these events of a stretch by these texts, and end it before event `down_to`.

    Of what was removed meanwhile nothing is found.
    """
    note_new(connection)
    row = _GAP_WITH.first(connection, event=down_to)
    if row is None or gap.last > row[1]:
        return
    known = {event.event for event in unfilled(connection, Gap(down_to, gap.last), len(texts) + 1)}
    search_index.replace_events(connection, [text for text in texts if text[0] in known])
    _FILL.run(connection, first=down_to, last=gap.last)
    _FORGET.run(connection, id=last_fill(connection) - REMEMBERED)
    first, last = row
    if last > gap.last:
        # More has come while these were read.
        _ADD.run(connection, first=gap.last + 1, last=last)
    if down_to > first:
        _EXTEND.run(connection, at=first, last=down_to - 1)
    else:
        _REMOVE.run(connection, at=first)


def begin_anew(connection: Connection) -> None:
    """Record that no event is filled."""
    connection.execute(delete(t.search_gaps))
    connection.execute(update(t.search_progress).values(through=0))


def last_fill(connection: Connection) -> int:
    """The number of the last step."""
    return _LAST_FILL.value(connection) or 0


def filled_since(connection: Connection, step: int) -> list[Gap] | None:
    """What has been filled after a step; None where that is not remembered."""
    if last_fill(connection) > step + REMEMBERED:
        return None
    return [Gap(*row) for row in _FILLED.rows(connection, step=step)]


def _join_oldest(connection: Connection) -> None:
    gaps = connection.execute(select(*_GAPS).order_by(_GAPS.first).limit(MOST_GAPS + 1)).all()
    if len(gaps) > MOST_GAPS:
        _REMOVE.run(connection, at=gaps[1].first)
        _EXTEND.run(connection, at=gaps[0].first, last=gaps[1].last)


_GAPS = t.search_gaps.c
_NEWEST = Prepared(select(func.max(t.events.c.id)))
_THROUGH = Prepared(select(t.search_progress.c.through))
_LAST_GAP = Prepared(select(_GAPS.first, _GAPS.last).order_by(_GAPS.first.desc()).limit(1))
_LAST_FILL = Prepared(select(func.max(t.search_fills.c.id)))
_FILLED = Prepared(
    select(t.search_fills.c.first, t.search_fills.c.last).where(t.search_fills.c.id > bindparam("step"))
)
_GAP_WITH = Prepared(
    select(_GAPS.first, _GAPS.last)
    .where(_GAPS.first <= bindparam("event"))
    .order_by(_GAPS.first.desc())
    .limit(1)
)
_EXTEND = Prepared(update(t.search_gaps).where(_GAPS.first == bindparam("at")).values(last=bindparam("last")))
_ADD = Prepared(insert(t.search_gaps).values(first=bindparam("first"), last=bindparam("last")))
_REMOVE = Prepared(delete(t.search_gaps).where(_GAPS.first == bindparam("at")))
_PROGRESS = Prepared(update(t.search_progress).values(through=bindparam("through")))
_FILL = Prepared(insert(t.search_fills).values(first=bindparam("first"), last=bindparam("last")))
_FORGET = Prepared(delete(t.search_fills).where(t.search_fills.c.id <= bindparam("id")))
_EVENTS = Prepared(
    select(t.events.c.id, t.events.c.report_id, t.events.c.ordinal)
    .where(t.events.c.id >= bindparam("first"), t.events.c.id <= bindparam("last"))
    .order_by(t.events.c.id.desc())
    .limit(bindparam("most"))
)
