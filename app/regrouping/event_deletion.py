"""Works out what deleting one event takes from its issue's counters, before the transaction that deletes it.

The other stored events of the issue are read again: which users are left, and which event describes it.
"""

from msgspec import Struct

from app.regrouping import stored_events
from app.store.database import Connection
from app.store.grouping import fold_issue, issue_events
from app.store.grouping.fold_issue import IssuePart
from app.store.inbox.counts import tallies
from app.store.trash import deleted_events, deleted_issues, deletions


class EventDeletion(Struct, frozen=True):
    """How `event` of `issue` is deleted. Without `part` it is the only one that is stored: the issue goes."""

    event: int
    issue: int
    part: IssuePart | None


def plan(connection: Connection, event: int) -> EventDeletion | None:
    """What deleting this event does; None when it is not stored (any more), or not readable."""
    stored = issue_events.stored(connection, [event])
    if not stored:
        return None
    issue = stored[0].issue_id
    numbers = issue_events.of_issue(connection, issue)
    if numbers == [event]:
        return EventDeletion(event, issue, None)
    counted = [each.counted for each in stored_events.read(connection, numbers, with_older_keys=False)]
    own = next((each for each in counted if each.number == event), None)
    rest = [each for each in counted if each.number != event]
    if own is None or not rest:
        return None
    outline = tallies.outlines(connection, [issue])[issue]
    left = {each.user for each in rest if each.user is not None}
    read = left | ({own.user} if own.user is not None else set())
    is_whole = outline.count == len(counted)
    first = rest[0].at if is_whole else min(rest[0].at, fold_issue.first_seen(connection, issue))
    part = IssuePart(
        tally=tallies.tally([own]),
        latest=own,
        first_seen=own.at,
        rest_users=frozenset((outline.users - read) | left),
        rest=max(rest, key=lambda each: (each.at, each.number)),
        rest_first_seen=first,
    )
    return EventDeletion(event, issue, part)


def delete(connection: Connection, planned: EventDeletion, title: str, now: int) -> int:
    """Put the event into the trash, in a write transaction; returns the deletion's number.

    Raises `CannotDelete`.
    """
    number = deletions.begin(connection, title, now)
    if planned.part is not None:
        deleted_events.delete_event(connection, planned.event, planned.issue, planned.part, number)
    elif not deleted_issues.delete_issues(connection, [planned.issue], number):
        raise deleted_issues.CannotDelete("The issue has changed meanwhile; look at it anew.")
    return number


def restore(connection: Connection, number: int, now: int) -> bool:
    """Put back what `delete` put into the trash; False when it is not there any more."""
    if deleted_events.restore_event(connection, number, now) is not None:
        return True
    issues = deletions.issues_of(connection, number)
    return bool(deleted_issues.restore_issues(connection, number, issues, now).issues)
