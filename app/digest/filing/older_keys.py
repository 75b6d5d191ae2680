"""The keys that older algorithms give to events whose key is not stored.

So a new algorithm splits no history: an issue is found by its old key once, and gets the new one as well.
That is rare, so the event is not held in memory: its report is read again. The same goes for events with a
secret in their text, which older versions made part of the key.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.digest import grouping, understanding
from app.digest.filing.occurrence import Key, Occurrence
from app.digest.scrubbing import FILTERED
from app.store.database import Connection
from app.store.inbox.issues import issue_keys

# Of one new key in one batch, this many events are examined: they may have had several keys before.
MOST_EVENTS = 20


def of(connection: Connection, unknown: Sequence[Occurrence]) -> list[tuple[Key, Key]]:
    """(new key, older key) of these occurrences, the newest algorithm's first.

    Nothing for projects whose every key is of the current algorithm (if no secret was hidden in the event's
    text), and for events that a rule keeps apart.
    """
    projects = issue_keys.projects_with(
        connection, {occurrence.key[0] for occurrence in unknown}, grouping.OLDER
    )
    found: dict[tuple[Key, Key], None] = {}
    examined = Counter[Key]()
    for occurrence in unknown:
        key = occurrence.key
        examined[key] += 1
        if occurrence.entry.kept_apart:
            continue
        had_secrets = any(FILTERED in text for text in occurrence.entry.texts)
        if (had_secrets or key[0] in projects) and examined[key] <= MOST_EVENTS:
            for older in _older_keys(occurrence, had_secrets=had_secrets):
                found[key, (key[0], older)] = None
    return list(found)


def _older_keys(occurrence: Occurrence, *, had_secrets: bool) -> Iterable[str]:
    read = understanding.event_as_sent if had_secrets else understanding.outlined_event
    event = read(occurrence.report, occurrence.entry.ordinal)
    older = [key(event) for key in grouping.OLDER.values()]
    return [grouping.key(event), *older] if had_secrets else older
