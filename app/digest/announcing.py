"""After the commit: whoever listens to `app.signals` is told what was filed."""

from app import signals
from app.digest import changing, understanding
from app.digest.filing import Filed, Outcome
from app.digest.listeners import Listeners
from app.store import changes, issues
from app.store.database import Database


def announce(database: Database, listeners: Listeners, outcome: Outcome, max_decoded_bytes: int) -> None:
    """Call the listeners of what is committed."""
    if not signals.anybody_listens():
        return
    for filed in outcome.filed:
        _announce(database, listeners, filed, max_decoded_bytes)
    for notice in outcome.notices:
        listeners.send(signals.notification_created, notice=notice)


def _announce(database: Database, listeners: Listeners, filed: Filed, max_decoded_bytes: int) -> None:
    # The snapshot is let go before anybody is called: while it is held, the log cannot be kept short.
    with database.reading() as connection:
        changed = changes.of(connection, filed.report.id, filed.ordinal)
        issue = issues.get(connection, filed.issue_id) if signals.event_assigned.receivers else None
    # Nobody listens as a rule, so the event was not kept for them: it is read again, whole.
    event = understanding.event(filed.report, filed.ordinal, max_decoded_bytes)
    event = changing.apply(event, changed)
    listeners.send(signals.event_created, event=event, issue_id=filed.issue_id)
    if issue is not None:
        listeners.send(signals.event_assigned, event=event, issue=issue)
    if filed.is_new_issue:
        listeners.send(signals.issue_created, event=event, issue_id=filed.issue_id)
    if filed.is_regression:
        listeners.send(signals.issue_regressed, event=event, issue_id=filed.issue_id)
