"""Events whose key the store does not know, by the keys that older algorithms would have given them.

So a new algorithm splits no history: an issue is found by its old key once, and learns the new one. That is
rare, so the event was not kept for it: its report is read again.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from app.digest import grouping, understanding
from app.digest.occurrence import Key, Occurrence
from app.store import schema as t

# Of one new key in one batch, that many events are looked at: they may have had several keys before.
MOST_EVENTS = 20


def of(connection: Connection, unknown: Sequence[Occurrence]) -> list[tuple[Key, Key]]:
    """(new key, older key) of these occurrences, the newest algorithm's first.

    Nothing for projects whose every key is of the current algorithm, and for what a rule keeps apart.
    """
    projects = _projects_with_older(connection, {occurrence.key[0] for occurrence in unknown})
    found: dict[tuple[Key, Key], None] = {}
    looked_at = Counter[Key]()
    for occurrence in unknown:
        key = occurrence.key
        looked_at[key] += 1
        if occurrence.entry.kept_apart:
            continue
        if key[0] in projects and looked_at[key] <= MOST_EVENTS:
            for older in _older_keys(occurrence):
                found[key, (key[0], older)] = None
    return list(found)


def _projects_with_older(connection: Connection, projects: Iterable[int]) -> set[int]:
    keys = t.issue_keys.c
    return {
        project
        for project in projects
        if connection.execute(
            select(keys.key).where(keys.project_id == project, keys.algorithm.in_(grouping.OLDER)).limit(1)
        ).first()
    }


def _older_keys(occurrence: Occurrence) -> Iterable[str]:
    event = understanding.outlined_event(occurrence.report, occurrence.entry.ordinal)
    return [key(event) for key in grouping.OLDER.values()]
