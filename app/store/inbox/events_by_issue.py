"""Finds the events of an issue by their numbers.

`events.issue_id` says where an event belongs, and has no index: `ENTRIES` (issue_id, event) has the same, and
can be asked for the events of issues that are given as values.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, exists, func, or_, select, union_all

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.staged_index import StagedIndex

INDEX = StagedIndex(t.recent_issue_events, t.issue_events)
ENTRIES = INDEX.entries("issue_event")


def numbers(issue_id: int) -> Select[Any]:
    """A select of the numbers of an issue's events, in no order."""
    return select(ENTRIES.c.event).where(ENTRIES.c.issue_id == issue_id)


def numbers_of(issue_ids: Sequence[int]) -> CompoundSelect[Any]:
    """A select of the numbers of these issues' events, in no order."""
    return union_all(
        *(
            select(table.c.event).where(table.c.issue_id.in_(sqlite.numbers(issue_ids)))
            for table in (t.recent_issue_events, t.issue_events)
        )
    )


def has_event(
    issue_id: ColumnElement[int], is_wanted: Callable[[ColumnElement[int]], ColumnElement[bool]]
) -> ColumnElement[bool]:
    """Whether the issue in a column has an event whose number fulfils a condition."""
    return or_(
        *(
            exists().where(table.c.issue_id == issue_id, is_wanted(table.c.event))
            for table in (t.recent_issue_events, t.issue_events)
        )
    )


def newest(connection: Connection, issue_id: int) -> int | None:
    """The newest event of an issue; None when none is stored."""
    query = numbers(issue_id).order_by(ENTRIES.c.event.desc()).limit(1)
    return connection.execute(query).scalar()


def settle(connection: Connection, before: int, through: int) -> None:
    """After the events from `before` (exclusive) to `through` were filed: move what is to be moved now."""
    issues = connection.execute(select(func.max(t.issues.c.id))).scalar() or 0
    INDEX.settle(connection, issues + 1, before, through)
