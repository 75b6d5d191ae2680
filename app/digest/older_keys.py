"""Events whose key the store does not know, by the keys that older algorithms would have given them.

So a new algorithm splits no history: an issue is found by its old key once, and learns the new one. That is
rare, so the event was not kept for it: its report is read again. The same goes for events with a secret in
their words, which older versions grouped with it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from app.digest import grouping, understanding
from app.digest.occurrence import Key, Occurrence
from app.digest.scrubbing import FILTERED
from app.store.database import Connection
from app.store.inbox import issue_keys

# Of one new key in one batch, that many events are looked at: they may have had several keys before.
MOST_EVENTS = 20


def of(connection: Connection, unknown: Sequence[Occurrence]) -> list[tuple[Key, Key]]:
    """(new key, older key) of these occurrences, the newest algorithm's first.

    Nothing for projects whose every key is of the current algorithm (if no secret was hidden in the event's
    words), and for what a rule keeps apart.
    """
    projects = issue_keys.projects_with(
        connection, {occurrence.key[0] for occurrence in unknown}, grouping.OLDER
    )
    found: dict[tuple[Key, Key], None] = {}
    looked_at = Counter[Key]()
    for occurrence in unknown:
        key = occurrence.key
        looked_at[key] += 1
        if occurrence.entry.kept_apart:
            continue
        had_secrets = FILTERED in occurrence.entry.words
        if (had_secrets or key[0] in projects) and looked_at[key] <= MOST_EVENTS:
            for older in _older_keys(occurrence, had_secrets=had_secrets):
                found[key, (key[0], older)] = None
    return list(found)


def _older_keys(occurrence: Occurrence, *, had_secrets: bool) -> Iterable[str]:
    read = understanding.event_as_sent if had_secrets else understanding.outlined_event
    event = read(occurrence.report, occurrence.entry.ordinal)
    older = [key(event) for key in grouping.OLDER.values()]
    return [grouping.key(event), *older] if had_secrets else older
