"""The grouping keys by which events find their issue. A key belongs to one project and one issue."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select

from app.store import bulk
from app.store import schema as t
from app.store.inbox import issue_rows
from app.store.inbox.issue_rows import KnownIssue

Key = tuple[int, str]  # (project, grouping key)


def issues_of(connection: Connection, keys: Collection[str]) -> dict[Key, KnownIssue]:
    """The issues that have one of these keys, in whichever project."""
    known = connection.execute(
        select(t.issue_keys, *issue_rows.STATUS_COLUMNS)
        .join_from(t.issue_keys, t.issues)
        .where(t.issue_keys.c.key.in_(keys))
    )
    return {(row.project_id, row.key): issue_rows.known_issue(row) for row in known}


def add(connection: Connection, issues: Iterable[tuple[Key, int]], algorithm: str) -> None:
    """Have issues, given as (key, issue), found by these keys of `algorithm`; a known key stays as it is."""
    rows = [(*key, issue_id, algorithm) for key, issue_id in issues]
    bulk.add_missing(connection, t.issue_keys, rows)


def projects_with(
    connection: Connection, project_ids: Iterable[int], algorithms: Collection[str]
) -> set[int]:
    """Those of the projects that have a key of one of these algorithms."""
    keys = t.issue_keys.c
    return {
        project_id
        for project_id in project_ids
        if connection.execute(
            select(keys.key).where(keys.project_id == project_id, keys.algorithm.in_(algorithms)).limit(1)
        ).first()
    }
