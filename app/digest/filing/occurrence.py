"""The events of a batch with their keys, and what they change of each issue."""

from msgspec import Struct, field

from app.digest.entries.entries import EventEntry
from app.model import Report
from app.store.inbox.events.event_rows import EventRow, SearchRow
from app.store.inbox.indexes import event_ids
from app.store.inbox.issues.issue_keys import Key as Key
from app.store.inbox.issues.issue_rows import IssueStatus


class Occurrence(Struct, frozen=True):
    """An entry that is not stored yet, with its report, the key of its issue, and the number it will have."""

    entry: EventEntry
    key: Key
    report: Report
    number: int


def rows(occurrence: Occurrence, number: int, issue_id: int) -> tuple[EventRow, SearchRow]:
    """What is stored of an occurrence as event `number` of an issue, and what the search finds it by."""
    entry = occurrence.entry
    event_id = (entry.event_id, event_ids.key_of(entry.event_id))
    where = (occurrence.key[0], issue_id, occurrence.report.id, entry.ordinal)
    described = (entry.level, entry.title, entry.type, entry.value, entry.culprit)
    row = (number, *event_id, *where, entry.timestamp, *described, entry.place, entry.environment)
    return row, (number, *entry.texts)


class IssueChange(Struct):
    """What a batch does to one issue, whose title and level become those of its latest event.

    `before` is None for a new one. `first_seen` and `last_seen` are times of arrival. `new_keys` are keys
    that do not lead to it yet, `users` is how many are new to it, and `newest_counts` where its counts are,
    as in `recent_counts`.
    """

    id: int
    project_id: int
    before: IssueStatus | None
    after: IssueStatus
    first_seen: int
    last_seen: int
    arrivals: list[Occurrence] = field(default_factory=list)
    new_keys: list[Key] = field(default_factory=list)
    users: int = 0
    newest_counts: int = 0
