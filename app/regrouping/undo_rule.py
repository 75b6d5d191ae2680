"""Reassigns events that a removed rule had grouped: each goes where it would be without the rule.

While a rule is in force, new events begin issues with its keys, or join issues that they would not have
joined without it. When it is undone, they are read again. An event goes where its key leads. If its key is
unknown, it stays in the issue it is in, unless another event there has a key that leads to that issue: then
it begins an issue.
"""

from collections.abc import Iterable

from app.digest import grouping
from app.regrouping import stored_events
from app.regrouping.stored_events import Reread
from app.store.database import Connection
from app.store.grouping import fold_issue, issue_events
from app.store.inbox import issue_keys, tallies


def issue_for(connection: Connection, event: Reread, home: int, revision: int) -> int:
    """The issue of an event whose key is unknown; from now on the key leads to it. `home` is where it is."""
    issue = home
    if _has_others(connection, home):
        issue = tallies.open_issue(connection, home, event.counted, event.counted.at, revision)
    issue_keys.add(connection, [((event.project_id, event.keys[0]), issue)], grouping.CURRENT.ALGORITHM)
    return issue


def _has_others(connection: Connection, home: int) -> bool:
    leading = issue_keys.of_issue(connection, home)
    return any(leading.intersection(other.keys) for other in _stored(connection, home))


def end_if_empty(connection: Connection, issue: int, into: int, revision: int) -> None:
    """Give up an issue whose last stored event has been moved to `into`."""
    if not issue_events.has_any(connection, issue):
        fold_issue.give_up(connection, issue, into, revision)


def recount(connection: Connection, issue: int, revision: int) -> None:
    """Describe an issue that events have left by those that stayed."""
    events = [event.counted for event in _stored(connection, issue)]
    if events:
        fold_issue.recount(connection, issue, events, revision)


def _stored(connection: Connection, issue: int) -> Iterable[Reread]:
    return stored_events.read(connection, issue_events.of_issue(connection, issue))
