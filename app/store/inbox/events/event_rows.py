"""The rows of events and their entries in the search index, written a batch at a time.

Reading events is the matter of `events`.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.store import bulk, search_index
from app.store import schema as t
from app.store.inbox.indexes import change_log, event_ids, events_by_issue, issue_order, staged_index

# Number, event id, key of that (`event_ids.key_of`), project, issue, report, ordinal in the report, timestamp
# (microseconds), level, title, type, value, culprit, place, environment: the columns of `events` in their
# order.
_Text = str | None
EventRow = tuple[int, str, int, int, int, int, int, int, str, str, _Text, _Text, _Text, _Text, _Text]
# Number of an event, and what the search finds it by: `search_texts.SearchTexts`.
SearchRow = search_index.SearchText


def add(connection: Connection, rows: Sequence[EventRow], search_rows: Sequence[SearchRow]) -> None:
    """Add events, numbered on from the last one, and what the search finds them by."""
    if not rows:
        return
    bulk.add(connection, t.events, rows)
    index(connection, search_rows)
    before, through = rows[0][0] - 1, rows[-1][0]
    event_ids.settle(connection, before, through)
    events_by_issue.settle(connection, before, through)
    issue_order.tidy(connection, before, through)
    if staged_index.turns(before, through):
        change_log.trim(connection)


def index(connection: Connection, search_rows: Sequence[SearchRow]) -> None:
    """Add events to the search index."""
    search_index.add_events(connection, search_rows)


def index_again(connection: Connection, search_rows: Sequence[SearchRow]) -> None:
    """Have the search find events that it knows by these texts instead."""
    search_index.replace_events(connection, search_rows)
