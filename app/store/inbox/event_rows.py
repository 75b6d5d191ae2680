"""The rows of events and their entries in the search index, written a batch at a time.

Reading events is the matter of `events`.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from app.store import bulk, sqlite
from app.store import schema as t

# Number, event id, project, issue, report, ordinal in the report, timestamp (microseconds), level, title: the
# columns of `events` in their order.
EventRow = tuple[int, str, int, int, int, int, int, str, str]
# Number of an event, its words, its tags as "key value …".
SearchRow = tuple[int, str, str]


def stored(connection: Connection, event_ids: Collection[str]) -> set[tuple[str, int]]:
    """Which of these event ids are stored, each with its project's number."""
    if not event_ids:
        return set()
    found = select(t.events.c.event_id, t.events.c.project_id).where(t.events.c.event_id.in_(event_ids))
    return {(event_id, project_id) for event_id, project_id in connection.execute(found)}


def add(connection: Connection, rows: Sequence[EventRow], search_rows: Sequence[SearchRow]) -> None:
    """Add events, and what the search finds them by."""
    bulk.add(connection, t.events, rows)
    index(connection, search_rows)


def index(connection: Connection, search_rows: Sequence[SearchRow]) -> None:
    """Add events to the search index."""
    sqlite.index_events(connection, search_rows)
