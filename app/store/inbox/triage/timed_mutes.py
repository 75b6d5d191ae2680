"""Mutes that end by time: which are over, and the issues opened again.

When a mute ends is a column of the issue's row, so no restart forgets it.
"""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Connection, func, select, update

from app.model import IssueState, Level
from app.store import schema as t
from app.store.inbox.indexes import events_by_issue
from app.store.inbox.issues import descriptions
from app.store.revision import bump

_IS_MUTED = (t.issues.c.state == IssueState.MUTED) & t.issues.c.merged_into.is_(None)


class MutedIssue(Struct, frozen=True, kw_only=True):
    """A muted issue, with the id of its last event; that is empty once retention has removed it."""

    id: int
    project: str
    event_id: str
    count: int
    level: Level
    title: str
    culprit: str | None


def next_end(connection: Connection) -> int | None:
    """When the next mute ends by time, in microseconds; None when none does."""
    return connection.execute(select(func.min(t.issues.c.muted_until)).where(_IS_MUTED)).scalar()


def ended(connection: Connection, now: int) -> list[int]:
    """The issues whose mute was to last until `now` (microseconds) at most."""
    due = select(t.issues.c.id).where(t.issues.c.muted_until <= now, _IS_MUTED)
    return list(connection.execute(due).scalars())


def read(connection: Connection, issue_ids: Collection[int]) -> list[MutedIssue]:
    """These issues, each with its last event, which retention removes only with the issue."""
    last = {issue_id: events_by_issue.newest(connection, issue_id) for issue_id in issue_ids}
    events = select(t.events.c.issue_id, t.events.c.event_id).where(t.events.c.id.in_(last.values()))
    event_ids = {row.issue_id: row.event_id for row in connection.execute(events)}
    rows = connection.execute(
        select(
            t.issues.c.id,
            t.issues.c.count.label("events"),
            *descriptions.COLUMNS,
            t.projects.c.shown.label("project"),
        )
        .select_from(descriptions.DESCRIBED)
        .join(t.projects, t.projects.c.id == t.issues.c.project_id)
        .where(t.issues.c.id.in_(issue_ids))
    )
    return [
        MutedIssue(
            id=row.id,
            project=row.project,
            event_id=event_ids.get(row.id, ""),
            count=row.events,
            level=Level(row.level),
            title=row.title,
            culprit=row.culprit,
        )
        for row in rows
    ]


def open_again(connection: Connection, issue_ids: Collection[int]) -> int:
    """Open these issues; returns the revision."""
    revision = bump(connection)
    connection.execute(
        update(t.issues)
        .where(t.issues.c.id.in_(issue_ids))
        .values(state=IssueState.OPEN, muted_until=None, mute_rule=None, revision=revision)
    )
    return revision
