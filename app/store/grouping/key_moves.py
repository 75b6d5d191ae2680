"""The table `regrouped_keys`: the grouping keys that a regrouping pointed to another issue, for its undo."""

from collections.abc import Collection, Iterable

from sqlalchemy import select

from app.store import bulk
from app.store import schema as t
from app.store.database import Connection
from app.store.inbox.issues import issue_keys


def recorded(connection: Connection, number: int, keys: Collection[str]) -> set[str]:
    """Those of the keys that were there, or were made, when regrouping `number` was."""
    noted = t.regrouped_keys.c
    query = select(noted.key).where(noted.regrouping_id == number, noted.key.in_(keys))
    return set(connection.execute(query).scalars())


def record_new(connection: Connection, number: int, keys: Iterable[tuple[int, str, int]]) -> None:
    """Record keys, as (project, key, issue), that regrouping `number` has made: its undo removes them."""
    noted = [(number, project, key, None, owner) for project, key, owner in keys]
    bulk.add_missing(connection, t.regrouped_keys, noted)


def move(connection: Connection, number: int, targets: dict[int, int]) -> None:
    """Point the keys of each issue to another or the same issue, and record them. `targets` is by issue."""
    for source, target in targets.items():
        noted = [(number, *key, source, target) for key in issue_keys.with_project(connection, source)]
        bulk.add_missing(connection, t.regrouped_keys, noted)
    for source, target in targets.items():
        if target != source:
            issue_keys.lead_all(connection, source, target)


def give_back(connection: Connection, number: int) -> None:
    """Point recorded keys of a regrouping back to their issues, and remove the keys that it made."""
    noted = t.regrouped_keys.c
    rows = connection.execute(select(*noted).where(noted.regrouping_id == number)).all()
    for row in rows:
        if row.from_issue is None:
            issue_keys.remove(connection, (row.project_id, row.key))
        elif row.from_issue != row.to_issue:
            issue_keys.lead(connection, (row.project_id, row.key), row.from_issue)
