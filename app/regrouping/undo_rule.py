"""Reassigns events that a removed rule had grouped: each goes where it would be without the rule.

While a rule is in force, new events begin issues with its keys, or join issues that they would not have
joined without it. When it is undone, they are read again. An event goes where its key leads. If its key is
unknown, it stays in the issue it is in, unless another event there has a key that leads to that issue: then
it begins an issue.
"""

from collections.abc import Sequence

from app.digest import grouping
from app.regrouping import stored_events
from app.regrouping.stored_events import Reread
from app.store.database import Connection
from app.store.grouping import fold_issue, issue_events
from app.store.inbox.counts import tallies
from app.store.inbox.counts.tallies import CountedEvent
from app.store.inbox.issues import issue_keys


class StoredKeys:
    """The keys of stored events, each of which is read once: before the transaction that needs them."""

    def __init__(self) -> None:
        self._keys: dict[int, tuple[str, ...]] = {}

    def lead_home(self, connection: Connection, home: int) -> bool:
        """Whether a key of any event that is stored in the issue `home` leads there."""
        leading = issue_keys.of_issue(connection, home)
        numbers = issue_events.of_issue(connection, home)
        if any(leading.intersection(self._keys.get(number, ())) for number in numbers):
            return True
        for other in stored_events.read(connection, [each for each in numbers if each not in self._keys]):
            self._keys[other.counted.number] = other.keys
            if leading.intersection(other.keys):
                return True
        return False


def issue_for(connection: Connection, event: Reread, home: int, revision: int, stored: StoredKeys) -> int:
    """The issue of an event whose key is unknown; from now on the key leads to it. `home` is where it is."""
    issue = home
    if stored.lead_home(connection, home):
        issue = tallies.open_issue(connection, home, event.counted, event.counted.at, revision)
    issue_keys.add(connection, [((event.project_id, event.keys[0]), issue)], grouping.CURRENT.ALGORITHM)
    return issue


def end_if_empty(connection: Connection, issue: int, into: int, revision: int) -> None:
    """Give up an issue whose last stored event has been moved to `into`."""
    if not issue_events.has_any(connection, issue):
        fold_issue.give_up(connection, issue, into, revision)


def counted(
    connection: Connection, issue: int, known: Sequence[CountedEvent] = ()
) -> tuple[CountedEvent, ...]:
    """The stored events of an issue, the oldest first. Those in `known` are not read again."""
    by_number = {event.number: event for event in known}
    numbers = issue_events.of_issue(connection, issue)
    new = stored_events.read(connection, [number for number in numbers if number not in by_number])
    by_number |= {event.counted.number: event.counted for event in new}
    return tuple(by_number[number] for number in numbers if number in by_number)


def recount(connection: Connection, issue: int, known: Sequence[CountedEvent], revision: int) -> None:
    """Describe an issue that events have left by those that stayed; `known` are what `counted` returned."""
    if events := counted(connection, issue, known):
        fold_issue.recount(connection, issue, events, revision)
