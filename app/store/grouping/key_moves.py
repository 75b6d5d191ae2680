"""The table `regrouped_keys`: which grouping keys a regrouping led to another issue; and where keys lead."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, select, update

from app.store import bulk
from app.store import schema as t
from app.store.database import Connection

Key = tuple[int, str]  # (project, grouping key)

KEYS_AT_ONCE = 200


def of_issue(connection: Connection, issue: int) -> set[str]:
    """The keys that lead to an issue."""
    return set(
        connection.execute(select(t.issue_keys.c.key).where(t.issue_keys.c.issue_id == issue)).scalars()
    )


def find(connection: Connection, wanted: Sequence[Key]) -> dict[Key, int]:
    """The issues that these keys lead to, of however many projects; unknown keys are left out."""
    keys = t.issue_keys.c
    found: dict[Key, int] = {}
    for start in range(0, len(wanted), KEYS_AT_ONCE):
        some = [key for _project, key in wanted[start : start + KEYS_AT_ONCE]]
        rows = connection.execute(select(keys.project_id, keys.key, keys.issue_id).where(keys.key.in_(some)))
        found |= {(row.project_id, row.key): row.issue_id for row in rows}
    return {key: found[key] for key in wanted if key in found}


def find_in_project(connection: Connection, project_id: int, wanted: Collection[str]) -> dict[str, int]:
    """The issues that these keys of one project lead to."""
    keys = t.issue_keys.c
    query = select(keys.key, keys.issue_id).where(keys.project_id == project_id, keys.key.in_(wanted))
    return {row.key: row.issue_id for row in connection.execute(query)}


def recorded(connection: Connection, number: int, keys: Collection[str]) -> set[str]:
    """Those of the keys that were there, or were made, when regrouping `number` was."""
    noted = t.regrouped_keys.c
    query = select(noted.key).where(noted.regrouping_id == number, noted.key.in_(keys))
    return set(connection.execute(query).scalars())


def add(connection: Connection, keys: Iterable[tuple[int, str, int]], algorithm: str) -> None:
    """Let keys of `algorithm`, as (project, key, issue), lead to issues; a known key stays as it is."""
    bulk.add_missing(connection, t.issue_keys, [(*key, algorithm) for key in keys])


def record_new(connection: Connection, number: int, keys: Iterable[tuple[int, str, int]]) -> None:
    """Record keys, as (project, key, issue), that regrouping `number` has made: its undo removes them."""
    noted = [(number, project, key, None, owner) for project, key, owner in keys]
    bulk.add_missing(connection, t.regrouped_keys, noted)


def move(connection: Connection, number: int, targets: dict[int, int]) -> None:
    """Lead the keys of each issue to another, or leave them; either is recorded. `targets` is by issue."""
    keys = t.issue_keys.c
    for source, target in targets.items():
        rows = connection.execute(select(keys.project_id, keys.key).where(keys.issue_id == source)).all()
        noted = [(number, row.project_id, row.key, source, target) for row in rows]
        bulk.add_missing(connection, t.regrouped_keys, noted)
    for source, target in targets.items():
        if target != source:
            connection.execute(update(t.issue_keys).where(keys.issue_id == source).values(issue_id=target))


def move_one(connection: Connection, project_id: int, key: str, target: int) -> None:
    """Lead one key, which no regrouping has recorded, to the issue `target`."""
    keys = t.issue_keys.c
    this = update(t.issue_keys).where(keys.project_id == project_id, keys.key == key)
    connection.execute(this.values(issue_id=target))


def give_back(connection: Connection, number: int) -> None:
    """Lead the keys that a regrouping has recorded to where they led before; those that it made go."""
    noted = t.regrouped_keys.c
    rows = connection.execute(select(*noted).where(noted.regrouping_id == number)).all()
    for row in rows:
        this = (t.issue_keys.c.project_id == row.project_id) & (t.issue_keys.c.key == row.key)
        if row.from_issue is None:
            connection.execute(delete(t.issue_keys).where(this))
        elif row.from_issue != row.to_issue:
            connection.execute(update(t.issue_keys).where(this).values(issue_id=row.from_issue))


def forget_of_issue(connection: Connection, issue: int) -> None:
    """Delete the keys that lead to an issue that is given up."""
    connection.execute(delete(t.issue_keys).where(t.issue_keys.c.issue_id == issue))
