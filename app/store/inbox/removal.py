"""Removes events and whole issues, with all rows that refer to them, in the caller's transaction.

The newest event and the newest issue must never be removed: the next number follows the largest one, and no
number may be used twice.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, case, delete, exists, func, insert, select

from app.model import IssueState
from app.store import schema as t
from app.store import sqlite
from app.store.inbox import events_by_issue, recent_counts
from app.store.revision import bump

# How many removed issues are recorded, for windows that still show them.
REMEMBERED = 10_000


def remove_events(connection: Connection, ids: Sequence[int]) -> None:
    """Remove events, and the reports that brought nothing else."""
    if not ids:
        return
    reports = list(
        connection.execute(select(t.events.c.report_id).distinct().where(t.events.c.id.in_(ids))).scalars()
    )
    files = (
        select(t.attachments.c.report_id)
        .join(t.events, t.events.c.event_id == t.attachments.c.event_id)
        .where(t.events.c.id.in_(ids), t.events.c.project_id == t.attachments.c.project_id)
    )
    reports += connection.execute(files.distinct()).scalars()
    sqlite.forget_events(connection, ids)
    connection.execute(delete(t.events).where(t.events.c.id.in_(ids)))
    bare = t.reports.c.id.in_(reports) & ~exists().where(t.events.c.report_id == t.reports.c.id)
    unused = list(connection.execute(select(t.reports.c.id).where(bare)).scalars())
    for table in (t.attachments, t.feedback, t.event_changes):
        connection.execute(delete(table).where(table.c.report_id.in_(unused)))
    connection.execute(delete(t.reports).where(t.reports.c.id.in_(unused)))


def least_wanted(limit: int) -> Select[Any]:
    """Issues that may be removed: resolved or muted ones, then read, then unread ones, the oldest of each.

    An issue that was merged, split or grouped by a rule stays: undoing that refers to its number.
    """
    issues, keys = t.issues.c, t.regrouped_keys.c
    is_done = issues.state.in_((IssueState.RESOLVED, IssueState.MUTED))
    rank = case((is_done, 0), (issues.unread.is_(False), 1), else_=2)
    other = t.issues.alias()
    holds_newest = select(t.events.c.issue_id).order_by(t.events.c.id.desc()).limit(1).scalar_subquery()
    return (
        select(issues.id)
        .where(
            issues.merged_into.is_(None),
            issues.id < select(func.max(other.c.id)).scalar_subquery(),
            issues.id != holds_newest,
            issues.id.not_in(select(other.c.merged_into).where(other.c.merged_into.is_not(None))),
            issues.id.not_in(select(keys.from_issue).where(keys.from_issue.is_not(None))),
            issues.id.not_in(select(keys.to_issue)),
        )
        .order_by(rank, issues.last_seen, issues.id)
        .limit(limit)
    )


def remove_issues(connection: Connection, ids: Sequence[int]) -> int:
    """Remove issues with all their events; returns the number of these.

    An event of theirs that comes later opens a new issue.
    """
    if not ids:
        return 0
    entries = events_by_issue.ENTRIES.c
    events = list(connection.execute(select(entries.event).where(entries.issue_id.in_(ids))).scalars())
    remove_events(connection, events)
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
