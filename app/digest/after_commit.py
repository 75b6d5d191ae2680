"""After the commit: sends the signals of `app.signals` about what was filed to a person's `listeners.py`."""

from collections.abc import Iterator

from app.digest import understanding
from app.digest.filing.filing import FiledEvent, Outcome
from app.listeners import event_changes
from app.listeners.frames import Announcement
from app.listeners.listeners import Listeners
from app.store.database import Database
from app.store.inbox.events import changes
from app.store.inbox.lists import issues


def send_signals(database: Database, listeners: Listeners, outcome: Outcome, max_decoded_bytes: int) -> None:
    """Send the signals of what was committed, those that a listener is attached to."""
    if listeners.signals:
        listeners.announce(_announcements(database, listeners, outcome, max_decoded_bytes))


def _announcements(
    database: Database, listeners: Listeners, outcome: Outcome, max_decoded_bytes: int
) -> Iterator[Announcement]:
    received = listeners.signals
    for filed in outcome.filed:
        names = tuple(name for name in _signals_of(filed) if name in received)
        if names:
            yield from _announcement(database, listeners, filed, names, max_decoded_bytes)
    if "notification_created" in received:
        for notice in outcome.notices:
            yield Announcement(signals=("notification_created",), notice=notice)


def _signals_of(filed: FiledEvent) -> Iterator[str]:
    yield "event_created"
    yield "event_assigned"
    if filed.is_new_issue:
        yield "issue_created"
    if filed.is_regression:
        yield "issue_regressed"


def _announcement(
    database: Database,
    listeners: Listeners,
    filed: FiledEvent,
    names: tuple[str, ...],
    max_decoded_bytes: int,
) -> Iterator[Announcement]:
    # End the snapshot before any listener is called: while it lasts, SQLite cannot restart its log.
    with database.reading() as connection:
        changed = changes.of(connection, filed.report.id, filed.ordinal)
        issue = issues.get(connection, filed.issue_id) if "event_assigned" in names else None
    # Usually there is no listener, so the event is not held in memory: it is read again, whole.
    event = understanding.event(filed.report, filed.ordinal, max_decoded_bytes)
    encoded = listeners.encoded(event_changes.apply(event, changed))
    if issue is None:
        names = tuple(name for name in names if name != "event_assigned")
    if encoded is not None:
        yield Announcement(signals=names, event=encoded, issue_id=filed.issue_id, issue=issue)
