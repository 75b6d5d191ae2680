"""The first page of the inbox, read by the driver alone.

The window shows it when it starts, before the engine has opened the store. SQLAlchemy, which reads all the
rest, takes 0.3 s to import: a third of the time from the start to these rows.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from msgspec import Struct

from app import private_files
from app.model import Issue
from app.private_files import PlantedLink
from app.store.inbox.issues import issue_record

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
# What `issues.page` asks for the inbox, which is not imported: it brings SQLAlchemy.
FIRST_ISSUES = """
    SELECT issues.*, projects.shown AS project,
        coalesce(latest.title, own.title) AS title,
        CASE WHEN latest.id IS NULL THEN own.type ELSE latest.type END AS type,
        CASE WHEN latest.id IS NULL THEN own.value ELSE latest.value END AS value,
        CASE WHEN latest.id IS NULL THEN own.culprit ELSE latest.culprit END AS culprit,
        coalesce(latest.level, own.level) AS level,
        CASE WHEN latest.id IS NULL THEN own.place ELSE latest.place END AS place,
        CASE WHEN latest.id IS NULL THEN own.environment ELSE latest.environment END AS environment
    FROM issue_order
    JOIN issues ON issues.id = issue_order.issue_id AND issues.last_seen = issue_order.last_seen
    JOIN projects ON projects.id = issues.project_id
    JOIN issue_descriptions AS own ON own.issue_id = issues.id
    LEFT JOIN events AS latest ON latest.id = issues.latest
    WHERE issues.merged_into IS NULL AND issues.state IN ('open', 'regressed')
        AND issues.project_id NOT IN (SELECT id FROM projects WHERE hidden = 1)
    ORDER BY issue_order.last_seen DESC, issue_order.issue_id DESC
    LIMIT ?
"""
# An engine that upgrades the store has it locked, and is not waited for.
_PATIENCE_SECONDS = 0.1


class FirstIssues(Struct, frozen=True):
    """The issues with the newest activity, and the store's revision in the same snapshot."""

    issues: list[Issue]
    revision: int


def read(file: Path, limit: int) -> FirstIssues | None:
    """Up to `limit` issues of the inbox in the store `file`, the newest activity first.

    None when they cannot be read so: the store is of another version, damaged, locked or not there.
    """
    try:
        private_files.demand_plain(file)
        uri = f"{file.absolute().as_uri()}?mode=rw"
        with closing(
            sqlite3.connect(uri, uri=True, timeout=_PATIENCE_SECONDS, isolation_level=None)
        ) as connection:
            connection.row_factory = _named
            connection.execute("BEGIN")
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            if version is None or version.version_num != newest():
                return None
            rows = connection.execute(FIRST_ISSUES, (limit,)).fetchall()
            revision = connection.execute("SELECT revision FROM state").fetchone().revision
    except (sqlite3.Error, PlantedLink):
        return None
    return FirstIssues([issue_record.issue_of(row) for row in rows], revision)


def newest() -> str:
    """The newest migration: `database.HEAD`, by the scripts' names, as that module brings SQLAlchemy."""
    return max(script.name for script in _VERSIONS.glob("[0-9]*.py"))[:4]


def _named(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> SimpleNamespace:
    names = (column[0] for column in cursor.description)
    return SimpleNamespace(**dict(zip(names, row, strict=True)))
