"""The table `printed_errors`: errors that were printed or reported by a hook, and which event shows each.

The ids of those that no event has any more are known by it, too: what is delivered twice is filed once.
"""

from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import Connection, Select, bindparam, delete, exists, func, insert, select, update

from app.store import schema as t
from app.store import sqlite
from app.store.prepared import Prepared

# The newest are enough: what belongs together arrives within seconds, and is delivered again within minutes.
REMEMBERED = 20_000
_TRIM_EVERY = 256
# Of what is left of a flood the newest are looked at.
MOST_CANDIDATES = 1_000


class PrintedError(Struct, frozen=True, kw_only=True):
    """An error as it was printed or reported by a hook.

    `at` is when it happened, and `arrived` when it came, in microseconds. `event` is the event that shows it,
    its own if `is_alone`.
    """

    event_id: str
    project_id: int
    kind: int
    run: str | None
    name: str
    likeness: bytes
    at: int
    arrived: int
    event: int
    is_alone: bool


class Candidate(Struct, frozen=True):
    """A stored event that may be of the same error: its number, issue, report, place in that, and type."""

    event: int
    issue_id: int
    report_id: int
    ordinal: int
    type: str | None


def add(connection: Connection, errors: Sequence[PrintedError]) -> None:
    """Record errors."""
    if not errors:
        return
    _ADD.run_many(connection, [{name: getattr(error, name) for name in _NAMES} for error in errors])
    newest = _NEWEST.value(connection) or 0
    if newest % _TRIM_EVERY < len(errors):
        connection.execute(delete(t.printed_errors).where(_ROWS.id <= newest - REMEMBERED))


def known(connection: Connection, event_ids: Collection[str]) -> set[tuple[str, int]]:
    """Those of these ids that are recorded, each with its project."""
    return {(row[0], row[1]) for row in _KNOWN.rows(connection, ids=sqlite.values_of(event_ids))}


def alone_since(connection: Connection, arrived: int) -> list[PrintedError]:
    """Those with an event of their own that have arrived since then, the oldest first."""
    return _errors(connection, _ALONE_SINCE, since=arrived)


def alone_about(
    connection: Connection, project_id: int, name: str, first: int, last: int
) -> list[PrintedError]:
    """Those of this name with an event of their own that happened from `first` to `last`."""
    return _errors(connection, _ALONE_ABOUT, project=project_id, name=name, first=first, last=last)


def kinds_shown_by(connection: Connection, event: int) -> dict[int, bool]:
    """The kinds of the errors that an event shows, each with whether the event is its own."""
    return {kind: bool(is_alone) for kind, is_alone in _SHOWN_BY.rows(connection, event=event)}


def joined(connection: Connection, error: PrintedError) -> None:
    """Record that the event of an error now is that of another report of it."""
    _JOINED.run(connection, id=error.event_id, project=error.project_id)


def event_of(connection: Connection, event_id: str) -> int | None:
    """The stored event that shows the error with this id; None where there is none."""
    number: int | None = _EVENT_OF.value(connection, id=event_id)
    return number


def recent(connection: Connection, project_id: int, arrived: int, richer: int) -> list[Candidate]:
    """The newest events of a project that arrived since then, the newest first.

    Without those of errors of which only reports of a lesser kind than `richer` have come.
    """
    rows = _RECENT.rows(connection, project=project_id, since=arrived, richer=richer, most=MOST_CANDIDATES)
    return [Candidate(*row) for row in rows]


def _errors(connection: Connection, query: Prepared, **values: int | str) -> list[PrintedError]:
    rows = query.rows(connection, **values)
    return [PrintedError(**dict(zip(_NAMES, row, strict=True))) for row in rows][::-1]


_ROWS = t.printed_errors.c
_NAMES = tuple(PrintedError.__struct_fields__)
_ADD = Prepared(insert(t.printed_errors).values({name: bindparam(name) for name in _NAMES}))
_NEWEST = Prepared(select(func.max(_ROWS.id)))
_KNOWN = Prepared(select(_ROWS.event_id, _ROWS.project_id).where(sqlite.among(_ROWS.event_id, "ids")))


def _alone() -> Select[tuple[object, ...]]:
    columns = select(*(_ROWS[name] for name in _NAMES))
    # Written out, so that SQLite takes the index of these alone.
    return columns.where(_ROWS.is_alone.is_(True)).order_by(_ROWS.id.desc()).limit(MOST_CANDIDATES)


_ALONE_SINCE = Prepared(_alone().where(_ROWS.arrived >= bindparam("since")))
_ALONE_ABOUT = Prepared(
    _alone().where(
        _ROWS.project_id == bindparam("project"),
        _ROWS.name == bindparam("name"),
        _ROWS.at >= bindparam("first"),
        _ROWS.at <= bindparam("last"),
    )
)
_SHOWN_BY = Prepared(select(_ROWS.kind, _ROWS.is_alone).where(_ROWS.event == bindparam("event")))
_JOINED = Prepared(
    update(t.printed_errors)
    .where(_ROWS.event_id == bindparam("id"), _ROWS.project_id == bindparam("project"))
    .values(is_alone=False)
)
_EVENT_OF = Prepared(
    select(func.max(t.events.c.id))
    .join_from(t.printed_errors, t.events, t.events.c.id == _ROWS.event)
    .where(_ROWS.event_id == bindparam("id"), t.events.c.project_id == _ROWS.project_id)
)
_LAST = select(func.max(t.events.c.id)).scalar_subquery()
_RECENT = Prepared(
    select(t.events.c.id, t.events.c.issue_id, t.events.c.report_id, t.events.c.ordinal, t.events.c.type)
    .join_from(t.events, t.reports, t.reports.c.id == t.events.c.report_id)
    .where(
        # Of a flood not all is looked through.
        t.events.c.id > _LAST - 20 * MOST_CANDIDATES,
        t.events.c.project_id == bindparam("project"),
        t.reports.c.received_at >= bindparam("since"),
        ~exists().where(
            _ROWS.event == t.events.c.id, _ROWS.is_alone.is_(True), _ROWS.kind < bindparam("richer")
        ),
    )
    .order_by(t.events.c.id.desc())
    .limit(bindparam("most"))
)
