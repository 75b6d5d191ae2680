"""What a person's `before_digest` changed of an event: its fields as JSON, stored next to its report."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from app.store import bulk
from app.store.schema import event_changes

# (report, the event's ordinal in it, its changed fields as JSON)
Change = tuple[int, int, bytes]


def add(connection: Connection, changes: Sequence[Change]) -> None:
    """Store changes, but not for events that have some already."""
    bulk.add_missing(connection, event_changes, changes)


def of(connection: Connection, report_id: int, ordinal: int) -> bytes | None:
    """What was changed of one event; None when nothing was."""
    fields = select(event_changes.c.fields).where(
        event_changes.c.report_id == report_id, event_changes.c.ordinal == ordinal
    )
    return connection.execute(fields).scalar()
