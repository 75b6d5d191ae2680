"""Lets a stored event be shown by another, richer report of the same error, in the caller's transaction.

The event keeps its number, its issue and its place in every count: it happened once. Its id, what lists show
of it, and what it is found and counted by become those of the other report.
"""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.store import schema as t
from app.store.inbox.counts import tallies
from app.store.inbox.events import event_rows, removal
from app.store.inbox.events.event_rows import EventRow, SearchRow
from app.store.inbox.indexes import event_ids
from app.store.prepared import Prepared


class Replaced(Struct, frozen=True):
    """An event as it was: its issue, and where its report has it."""

    issue_id: int
    report_id: int
    ordinal: int


def find(connection: Connection, event: int) -> Replaced | None:
    """The event with this number; None when it is no longer stored."""
    row = _FIND.first(connection, event=event)
    return None if row is None else Replaced(*row)


def replace(connection: Connection, before: Replaced, row: EventRow, search_row: SearchRow) -> None:
    """Let `row`, with the number of the event and its issue, be the event, which is found by `search_row`.

    What the search finds it by beside that is to be filled again.
    """
    number = row[0]
    for table in (event_ids.INDEX.recent, event_ids.INDEX.settled):
        connection.execute(
            delete(table).where(table.c.key == _key_of(connection, number), table.c.event == number)
        )
    values = dict(zip(t.events.c.keys(), row, strict=True))
    connection.execute(update(t.events).where(t.events.c.id == number).values(values))
    connection.execute(insert(event_ids.INDEX.recent).values(key=values["key"], event=number))
    event_rows.index_again(connection, [search_row])
    removal.remove_unused_reports(connection, [before.report_id])


def recount(
    connection: Connection,
    issue: int,
    less: Collection[tuple[str, str]],
    more: Collection[tuple[str, str]],
    user: str | None,
    revision: int,
) -> None:
    """Count an event of the issue by the tags `more` and no longer by `less`, and for its `user`."""
    tallies.exchange_tags(connection, issue, less, more)
    if user is not None:
        tallies.add_user(connection, issue, user)
    connection.execute(update(t.issues).where(t.issues.c.id == issue).values(revision=revision))


def _key_of(connection: Connection, number: int) -> int:
    key: int = _KEY.value(connection, event=number)
    return key


_FIND = Prepared(
    select(t.events.c.issue_id, t.events.c.report_id, t.events.c.ordinal).where(
        t.events.c.id == bindparam("event")
    )
)
_KEY = Prepared(select(t.events.c.key).where(t.events.c.id == bindparam("event")))
