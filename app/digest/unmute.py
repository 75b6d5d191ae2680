"""Mutes whose time has come: the issue is open again, and whoever is to know is told.

When a mute ends stands in the issue's row, so that no restart forgets it; and the row is changed in the
transaction that tells of it, so that it ends once. Whether an event that arrives or this comes first makes no
difference to the issue.
"""

from sqlalchemy import Connection, func, select, update

from app.happenings import Happening, Kind
from app.model import IssueState, Level
from app.notifications import outbox
from app.store import schema as t
from app.store.database import Database
from app.store.inbox import history
from app.store.revision import bump

REASON = "its time is over"
_IS_MUTED = (t.issues.c.state == IssueState.MUTED) & t.issues.c.merged_into.is_(None)


def unmute_due(database: Database, now: int) -> int | None:
    """End the mutes that were to last until `now` (microseconds) at most; the revision if there were any."""
    with database.reading() as connection:
        if not _due(connection, now):
            return None
    with database.writing() as connection:
        return _unmute(connection, now)


def next_due(connection: Connection) -> int | None:
    """When the next mute ends by time, in microseconds; None when none does."""
    return connection.execute(select(func.min(t.issues.c.muted_until)).where(_IS_MUTED)).scalar()


def _due(connection: Connection, now: int) -> list[int]:
    due = select(t.issues.c.id).where(t.issues.c.muted_until <= now, _IS_MUTED)
    return list(connection.execute(due).scalars())


def _unmute(connection: Connection, now: int) -> int | None:
    due = _due(connection, now)
    if not due:
        return None
    happenings = _happenings(connection, due, now)
    revision = bump(connection)
    connection.execute(
        update(t.issues)
        .where(t.issues.c.id.in_(due))
        .values(state=IssueState.OPEN, muted_until=None, mute_rule=None, revision=revision)
    )
    history.record(connection, happenings)
    outbox.enter(connection, happenings, now)
    return revision


def _happenings(connection: Connection, due: list[int], now: int) -> list[Happening]:
    """An issue keeps its last event as long as it is there: that one is named."""
    of_issue = t.events.alias()
    last = select(func.max(of_issue.c.id)).where(of_issue.c.issue_id == t.issues.c.id).scalar_subquery()
    rows = connection.execute(
        select(
            t.issues.c.id,
            t.issues.c.count.label("events"),
            t.issues.c.level,
            t.issues.c.title,
            t.issues.c.culprit,
            t.projects.c.name.label("project"),
            t.events.c.event_id,
        )
        .join_from(t.issues, t.projects)
        .join(t.events, t.events.c.id == last, isouter=True)
        .where(t.issues.c.id.in_(due))
    )
    return [
        Happening(
            kind=Kind.UNMUTED,
            issue_id=row.id,
            project=row.project,
            event_id=row.event_id or "",
            at=now,
            count=row.events,
            level=Level(row.level),
            title=row.title,
            culprit=row.culprit,
            reason=REASON,
        )
        for row in rows
    ]
