"""By what an issue may be split: what its stored events differ in, with how many there are of each."""

from collections import Counter

from msgspec import Struct
from sqlalchemy import Connection, select

from app.digest.grouping.rules import TAG, Apart, value
from app.regrouping import stored_events
from app.store import schema as t

MOST_EVENTS = 2_000
# With more parts than that it is no split, but a heap.
MOST_PARTS = 50
# Every event has its own, so that nothing is gained by them.
NEVER = frozenset(("user", "event_id", "trace_id", "request_id"))


class Difference(Struct, frozen=True):
    """The issue's events differ in `by`, as in `rules.Apart`: (value, stored events), largest first."""

    by: str
    parts: tuple[tuple[str, int], ...]


def differences(connection: Connection, issue: int) -> list[Difference]:
    """In what the newest stored events of an issue differ, the fewest parts first."""
    newest = select(t.events.c.id).where(t.events.c.issue_id == issue)
    newest = newest.order_by(t.events.c.id.desc()).limit(MOST_EVENTS)
    events = list(stored_events.read(connection, list(connection.execute(newest).scalars())))
    names = {key for event in events for key, _value in event.weight.tags} - NEVER
    found = []
    for by in ("message", "culprit", *(TAG + name for name in sorted(names))):
        counts = Counter(value(event.event, by) for event in events)
        if 2 <= len(counts) <= MOST_PARTS:
            found.append(Difference(by, tuple(counts.most_common())))
    return sorted(found, key=lambda difference: len(difference.parts))


def apart(connection: Connection, issue: int, by: str) -> Apart:
    """The rule that splits this issue, and goes on to keep its events apart."""
    keys = select(t.issue_keys.c.key).where(t.issue_keys.c.issue_id == issue)
    return Apart(by, tuple(sorted(connection.execute(keys).scalars())))
