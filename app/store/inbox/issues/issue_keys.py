"""The grouping keys by which events find their issue. A key belongs to one project and one issue."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, select, update

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.inbox.issues import issue_rows
from app.store.inbox.issues.issue_rows import KnownIssue
from app.store.prepared import Prepared

Key = tuple[int, str]  # (project, grouping key)


def issues_of(connection: Connection, keys: Collection[Key]) -> dict[Key, KnownIssue]:
    """The issues that have one of these keys."""
    found: dict[Key, KnownIssue] = {}
    for project_id, names in _by_project(keys).items():
        rows = _FIND.rows(connection, project=project_id, keys=sqlite.values_of(names))
        for key, issue_id, *status in rows:
            found[project_id, key] = issue_rows.known_issue(issue_id, project_id, status)
    return found


def add(connection: Connection, issues: Iterable[tuple[Key, int]], algorithm: str) -> None:
    """Have issues, given as (key, issue), found by these keys of `algorithm`; a known key stays as it is."""
    rows = [(*key, issue_id, algorithm) for key, issue_id in issues]
    bulk.add_missing(connection, t.issue_keys, rows)
    projects = {project_id for project_id, *_rest in rows}
    bulk.add_missing(connection, t.key_algorithms, [(project_id, algorithm) for project_id in projects])


def projects_with(
    connection: Connection, project_ids: Iterable[int], algorithms: Collection[str]
) -> set[int]:
    """Those of the projects that have, or once had, a key of one of these algorithms.

    Looked up in a table of their own: to find that a project has none, all of its keys would be read.
    """
    given = sqlite.values_of(algorithms)
    return {
        project_id
        for project_id in project_ids
        if _OF_ALGORITHM.first(connection, project=project_id, algorithms=given)
    }


def of_issue(connection: Connection, issue: int) -> set[str]:
    """The keys that lead to an issue."""
    return {key for _project, key in with_project(connection, issue)}


def with_project(connection: Connection, issue: int) -> list[Key]:
    """The keys that lead to an issue, each with its project."""
    keys = t.issue_keys.c
    rows = connection.execute(select(keys.project_id, keys.key).where(keys.issue_id == issue))
    return [(row.project_id, row.key) for row in rows]


def find(connection: Connection, wanted: Sequence[Key]) -> dict[Key, int]:
    """The issues that these keys lead to, of however many projects; unknown keys are left out."""
    found: dict[Key, int] = {}
    for project_id, names in _by_project(wanted).items():
        rows = _LEADING.rows(connection, project=project_id, keys=sqlite.values_of(sorted(names)))
        found |= {(project_id, key): issue for key, issue in rows}
    return found


def find_in_project(connection: Connection, project_id: int, wanted: Collection[str]) -> dict[str, int]:
    """The issues that these keys of one project lead to."""
    keys = t.issue_keys.c
    query = select(keys.key, keys.issue_id).where(keys.project_id == project_id, keys.key.in_(wanted))
    return {row.key: row.issue_id for row in connection.execute(query)}


def lead(connection: Connection, key: Key, target: int) -> None:
    """Lead one key to the issue `target`."""
    connection.execute(update(t.issue_keys).where(_is(key)).values(issue_id=target))


def lead_all(connection: Connection, source: int, target: int) -> None:
    """Lead all keys of the issue `source` to the issue `target`."""
    connection.execute(update(t.issue_keys).where(t.issue_keys.c.issue_id == source).values(issue_id=target))


def remove(connection: Connection, key: Key) -> None:
    """Delete one key."""
    connection.execute(delete(t.issue_keys).where(_is(key)))


def remove_of_issue(connection: Connection, issue: int) -> None:
    """Delete the keys that lead to an issue that is given up."""
    connection.execute(delete(t.issue_keys).where(t.issue_keys.c.issue_id == issue))


def _by_project(wanted: Iterable[Key]) -> dict[int, set[str]]:
    by_project: dict[int, set[str]] = {}
    for project_id, key in wanted:
        by_project.setdefault(project_id, set()).add(key)
    return by_project


def _is(key: Key) -> ColumnElement[bool]:
    project_id, name = key
    return and_(t.issue_keys.c.project_id == project_id, t.issue_keys.c.key == name)


_FIND = Prepared(
    select(t.issue_keys.c.key, t.issue_keys.c.issue_id, *issue_rows.STATUS_COLUMNS)
    .join_from(t.issue_keys, t.issues)
    .where(t.issue_keys.c.project_id == bindparam("project"), sqlite.among(t.issue_keys.c.key, "keys"))
)
_OF_ALGORITHM = Prepared(
    select(t.key_algorithms.c.algorithm)
    .where(
        t.key_algorithms.c.project_id == bindparam("project"),
        sqlite.among(t.key_algorithms.c.algorithm, "algorithms"),
    )
    .limit(1)
)
_LEADING = Prepared(
    select(t.issue_keys.c.key, t.issue_keys.c.issue_id).where(
        t.issue_keys.c.project_id == bindparam("project"), sqlite.among(t.issue_keys.c.key, "keys")
    )
)
