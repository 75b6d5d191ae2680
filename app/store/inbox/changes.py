"""What a person's `before_digest` changed of an event: its fields as JSON, stored next to its report."""

from collections.abc import Collection, Sequence

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


def of_reports(connection: Connection, report_ids: Collection[int]) -> dict[tuple[int, int], bytes]:
    """What was changed of the events of these reports, by (report, ordinal), where anything was."""
    rows = connection.execute(select(event_changes).where(event_changes.c.report_id.in_(report_ids)))
    return {(row.report_id, row.ordinal): row.fields for row in rows}
