"""Deletes single events: each is carved into an issue of its own, which is put into the trash.

So the counters of its issue are right at once, and restoring it is exact. It is put back into the issue that
it came from, or that one was merged into; when that one is gone for good, it stays an issue of its own.
"""

from typing import Any

from sqlalchemy import Connection, select

from app.store import schema as t
from app.store.grouping import corrections, event_moves, fold_issue, issue_events
from app.store.grouping.fold_issue import Carve, IssuePart
from app.store.revision import bump
from app.store.trash import deleted_issues, deletions
from app.store.trash.deleted_issues import CannotDelete


def delete_event(connection: Connection, event: int, issue: int, part: IssuePart, deletion: int) -> int:
    """Put one event of `issue` into the trash; `part` is what it counts, and the rest that stays.

    Returns the issue that it is in now. Raises `CannotDelete` while corrections of the grouping are made.
    """
    if corrections.under_way(connection):
        raise CannotDelete("The grouping is being corrected just now; try again when that is done.")
    stored = issue_events.stored(connection, [event])
    if [each.issue_id for each in stored] != [issue] or issue_events.of_issue(connection, issue) == [event]:
        raise CannotDelete("The issue has changed meanwhile; look at it anew.")
    revision = bump(connection)
    carved = fold_issue.carve(connection, issue, part, revision)
    event_moves.move(connection, event, carved.part)
    deleted_issues.put_in(connection, [(carved.part, deletion, issue)])
    return carved.part


def is_of_event(connection: Connection, deletion: int) -> bool:
    """Whether this deletion is that of an event."""
    return _row(connection, deletion) is not None


def restore_event(connection: Connection, deletion: int, now: int) -> list[int] | None:
    """Put the event of this deletion back to where it came from; None when it is not in the trash.

    Returns its number, unless retention has removed it.
    """
    row = _row(connection, deletion)
    if row is None or deletions.is_over(connection, deletion, now):
        return None
    events = issue_events.of_issue(connection, row.issue_id)
    home = row.carved_from
    while merged := corrections.hidden(connection, [home]):
        home = merged[home]
    if connection.execute(select(t.issues.c.id).where(t.issues.c.id == home)).first() is None:
        deleted_issues.take_out(connection, [row.issue_id])
    else:
        revision = bump(connection)
        for event in events:
            event_moves.move(connection, event, home)
        fold_issue.uncarve(connection, Carve(row.issue_id, home), revision)
        deleted_issues.forget(connection, [row.issue_id])
    deletions.end_empty(connection, deletion)
    return events


def _row(connection: Connection, deletion: int) -> Any:
    deleted = t.deleted_issues.c
    query = select(deleted.issue_id, deleted.carved_from)
    return connection.execute(
        query.where(deleted.deletion_id == deletion, deleted.carved_from.is_not(None))
    ).one_or_none()
