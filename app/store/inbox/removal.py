"""Removes events and whole issues, with all rows that refer to them, in the caller's transaction.

The newest event and the newest issue must never be removed: the next number follows the largest one, and no
number may be used twice.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, func, insert, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox import event_counts, events_by_issue, recent_counts
from app.store.revision import bump

# How many removed issues are recorded, for windows that still show them.
REMEMBERED = 10_000


def remove_events(connection: Connection, ids: Sequence[int]) -> None:
    """Remove events, and the reports that brought nothing else.

    Each table is left in one statement: measured, a statement a report takes five times as long, since each
    opens a journal of its own for the foreign keys.
    """
    if not ids:
        return
    going = t.events.c.id.in_(sqlite.numbers(ids))
    reports = set(connection.scalars(select(t.events.c.report_id).where(going)))
    files = (
        select(t.attachments.c.report_id)
        .join(t.events, t.events.c.event_id == t.attachments.c.event_id)
        .where(going, t.events.c.project_id == t.attachments.c.project_id)
    )
    reports.update(connection.scalars(files))
    event_counts.remove_events(connection, ids)
    sqlite.forget_events(connection, ids)
    connection.execute(delete(t.events).where(going))
    _remove_unused(connection, sorted(reports))


def _remove_unused(connection: Connection, reports: Sequence[int]) -> None:
    """Remove those of these reports that no event is stored of, with what else they brought."""
    has_event = exists().where(t.events.c.report_id == t.reports.c.id)
    bare = select(t.reports.c.id).where(t.reports.c.id.in_(sqlite.numbers(reports)), ~has_event)
    unused = sqlite.numbers(list(connection.scalars(bare)))
    for table in (t.attachments, t.feedback, t.event_changes):
        connection.execute(delete(table).where(table.c.report_id.in_(unused)))
    connection.execute(delete(t.reports).where(t.reports.c.id.in_(unused)))


def remove_issues(connection: Connection, ids: Sequence[int]) -> int:
    """Remove issues with all their events; returns the number of these.

    An event of theirs that comes later opens a new issue.
    """
    if not ids:
        return 0
    entries = events_by_issue.ENTRIES.c
    events = list(connection.execute(select(entries.event).where(entries.issue_id.in_(ids))).scalars())
    remove_events(connection, events)
    event_counts.forget(connection, ids)
    recent_counts.forget(connection, ids)
    for table in (t.issue_tags, t.issue_hours, t.issue_users, t.history, t.issue_keys, t.issue_descriptions):
        connection.execute(delete(table).where(table.c.issue_id.in_(ids)))
    connection.execute(delete(t.issues).where(t.issues.c.id.in_(ids)))
    revision = bump(connection)
    connection.execute(insert(t.removed_issues), [{"issue_id": issue, "revision": revision} for issue in ids])
    newest = connection.execute(select(func.max(t.removed_issues.c.id))).scalar_one()
    connection.execute(delete(t.removed_issues).where(t.removed_issues.c.id <= newest - REMEMBERED))
    return len(events)


def removed_since(connection: Connection, since: int, through: int | None) -> tuple[int, ...]:
    """The issues that were removed after revision `since`, and up to `through` where that is given."""
    removed = t.removed_issues.c
    query = select(removed.issue_id).where(removed.revision > since)
    if through is not None:
        query = query.where(removed.revision <= through)
    return tuple(connection.execute(query).scalars())


def is_remembered(connection: Connection, since: int) -> bool:
    """Whether every issue that was removed after revision `since` is still in `removed_since`."""
    removed = t.removed_issues.c
    first = connection.execute(select(removed.id, removed.revision).order_by(removed.id).limit(1)).first()
    return first is None or first.id == 1 or first.revision <= since
