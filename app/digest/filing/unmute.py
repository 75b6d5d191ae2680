"""Ends mutes whose time is over: the issue is open again, and that is recorded and notified.

The row changes in the transaction that records it, so a mute ends once. The issue ends up
the same whether an arriving event or this job comes first.
"""

from app.happenings import Happening, Kind
from app.notifications import outbox
from app.store.database import Connection, Database
from app.store.inbox.triage import history, timed_mutes

REASON = "its time is over"


def unmute_due(database: Database, now: int) -> int | None:
    """End the mutes that were to last until `now` (microseconds) at most; the revision if there were any."""
    with database.reading() as connection:
        if not timed_mutes.ended(connection, now):
            return None
    with database.writing() as connection:
        return _unmute(connection, now)


def next_due(connection: Connection) -> int | None:
    """When the next mute ends by time, in microseconds; None when none does."""
    return timed_mutes.next_end(connection)


def _unmute(connection: Connection, now: int) -> int | None:
    due = timed_mutes.ended(connection, now)
    if not due:
        return None
    happenings = [
        Happening(
            kind=Kind.UNMUTED,
            issue_id=issue.id,
            project=issue.project,
            event_id=issue.event_id,
            at=now,
            count=issue.count,
            level=issue.level,
            title=issue.title,
            culprit=issue.culprit,
            reason=REASON,
        )
        for issue in timed_mutes.read(connection, due)
    ]
    revision = timed_mutes.open_again(connection, due)
    history.record(connection, happenings)
    outbox.enter(connection, happenings, now)
    return revision
