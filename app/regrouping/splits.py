"""Finds what an issue can be split by: where its stored events differ, with the number of each value."""

from collections import Counter

from msgspec import Struct

from app.digest.grouping.rules import TAG, Apart, value
from app.regrouping import stored_events
from app.store.database import Connection
from app.store.grouping import issue_events
from app.store.inbox.issues import issue_keys

MOST_EVENTS = 2_000
# More parts than this are of no use to a reader.
MOST_PARTS = 50
# Nearly every event has a value of its own.
NEVER = frozenset(("user", "event_id", "trace_id", "request_id"))


class Difference(Struct, frozen=True):
    """The issue's events differ in `by`, as in `rules.Apart`: (value, stored events), largest first."""

    by: str
    parts: tuple[tuple[str, int], ...]


def differences(connection: Connection, issue: int) -> list[Difference]:
    """In what the newest stored events of an issue differ, the fewest parts first."""
    newest = issue_events.newest(connection, MOST_EVENTS, issue=issue)
    events = list(stored_events.read(connection, newest))
    names = {key for event in events for key, _value in event.counted.tags} - NEVER
    found = []
    for by in ("message", "culprit", *(TAG + name for name in sorted(names))):
        counts = Counter(value(event.event, by) for event in events)
        if 2 <= len(counts) <= MOST_PARTS:
            found.append(Difference(by, tuple(counts.most_common())))
    return sorted(found, key=lambda difference: len(difference.parts))


def apart(connection: Connection, issue: int, by: str) -> Apart:
    """The rule that splits this issue, and separates its future events."""
    return Apart(by, tuple(sorted(issue_keys.of_issue(connection, issue))))
