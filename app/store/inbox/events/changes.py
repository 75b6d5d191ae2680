"""What was changed of an event when it was filed: its fields as JSON, stored next to its report.

By a person's `before_digest`, or by what was printed of the same error (`digest/circumstances.py`).
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, select

from app.store import bulk, sqlite
from app.store.prepared import Prepared
from app.store.schema import event_changes

# (report, the event's ordinal in it, its changed fields as JSON)
Change = tuple[int, int, bytes]


def add(connection: Connection, changes: Sequence[Change]) -> None:
    """Store changes, but not for events that have some already."""
    bulk.add_missing(connection, event_changes, changes)


def put(connection: Connection, change: Change) -> None:
    """Store a change, in place of one of the same event."""
    remove = delete(event_changes).where(
        event_changes.c.report_id == change[0], event_changes.c.ordinal == change[1]
    )
    connection.execute(remove)
    bulk.add(connection, event_changes, [change])


def of(connection: Connection, report_id: int, ordinal: int) -> bytes | None:
    """What was changed of one event; None when nothing was."""
    fields = select(event_changes.c.fields).where(
        event_changes.c.report_id == report_id, event_changes.c.ordinal == ordinal
    )
    return connection.execute(fields).scalar()


def of_reports(connection: Connection, report_ids: Collection[int]) -> dict[tuple[int, int], bytes]:
    """What was changed of the events of these reports, by (report, ordinal), where anything was."""
    rows = _OF_REPORTS.rows(connection, reports=sqlite.values_of(report_ids))
    return {(report_id, ordinal): fields for report_id, ordinal, fields in rows}


_OF_REPORTS = Prepared(
    select(event_changes.c.report_id, event_changes.c.ordinal, event_changes.c.fields).where(
        sqlite.among(event_changes.c.report_id, "reports")
    )
)
