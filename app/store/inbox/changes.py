"""What a person's `before_digest` changed of an event, as JSON, beside the report that brought it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.store import bulk
from app.store.schema import event_changes

# (report, the event's ordinal in it, its changed fields as JSON)
Change = tuple[int, int, bytes]


def keep(connection: Connection, changes: Sequence[Change]) -> None:
    """Store changes; those of an event that has some already stay as they are."""
    bulk.add_missing(connection, event_changes, changes)


def of(connection: Connection, report_id: int, ordinal: int) -> bytes | None:
    """What was changed of one event; None when nothing was."""
    fields = select(event_changes.c.fields).where(
        event_changes.c.report_id == report_id, event_changes.c.ordinal == ordinal
    )
    return connection.execute(fields).scalar()
