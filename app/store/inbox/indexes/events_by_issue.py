"""Finds the events of an issue by their numbers.

`events.issue_id` says where an event belongs, and has no index: `ENTRIES` (issue_id, event) has the same, and
can be asked for the events of issues that are given as values.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.indexes.staged_index import StagedIndex
from app.store.prepared import Prepared

INDEX = StagedIndex(t.recent_issue_events, t.issue_events)
ENTRIES = INDEX.entries("issue_event")
# Each entry is in one of these two. Compared with a column, only each alone is looked up by its key.
TABLES = (INDEX.settled, INDEX.recent)


def numbers(issue_id: int) -> Select[Any]:
    """A select of the numbers of an issue's events, in no order."""
    return select(ENTRIES.c.event).where(ENTRIES.c.issue_id == issue_id)


def newest(connection: Connection, issue_id: int) -> int | None:
    """The newest event of an issue; None when none is stored."""
    query = numbers(issue_id).order_by(ENTRIES.c.event.desc()).limit(1)
    return connection.execute(query).scalar()


def issues_of(connection: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """The issue of each of these events that is stored."""
    return dict(_ISSUES_OF.rows(connection, numbers=sqlite.values_of(numbers)))


def settle(connection: Connection, before: int, through: int) -> None:
    """After the events from `before` (exclusive) to `through` were filed: move what is to be moved now."""
    INDEX.settle(connection, (_LAST_ISSUE.value(connection) or 0) + 1, before, through)


_LAST_ISSUE = Prepared(select(func.max(t.issues.c.id)))
_ISSUES_OF = Prepared(
    select(t.events.c.id, t.events.c.issue_id).where(sqlite.among(t.events.c.id, "numbers"))
)
