"""Finds the events of an issue by their numbers.

`events.issue_id` says where an event belongs, and has no index: `ENTRIES` (issue_id, event) has the same, and
can be asked for the events of issues that are given as values.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, bindparam, func, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.staged_index import StagedIndex
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


def ends(connection: Connection, issue_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The first and the last event of each of these issues that has any.

    Looked up in the order of the issues, which share pages of the index.
    """
    found = dict[int, tuple[int, int]]()
    for issue_id, *numbers in _ENDS.rows(connection, issues=sqlite.values_of(sorted(set(issue_ids)))):
        stored = [number for number in numbers if number is not None]
        if stored:
            found[issue_id] = min(stored), max(stored)
    return found


def between(connection: Connection, issue_of: Mapping[int, int]) -> list[int]:
    """Those of these events, given with their issues, that are neither the first nor the last of it."""
    bounds = ends(connection, issue_of.values())
    nothing = (0, 0)
    return [
        number
        for number, issue_id in issue_of.items()
        if (bound := bounds.get(issue_id, nothing))[0] < number < bound[1]
    ]


def settle(connection: Connection, before: int, through: int) -> None:
    """After the events from `before` (exclusive) to `through` were filed: move what is to be moved now."""
    INDEX.settle(connection, (_LAST_ISSUE.value(connection) or 0) + 1, before, through)


_LAST_ISSUE = Prepared(select(func.max(t.issues.c.id)))


def _ends() -> Select[Any]:
    issues = func.json_each(bindparam("issues")).table_valued("value")

    def end(which: Any, table: Any) -> ScalarSelect[int]:
        query = select(which(table.c.event)).where(table.c.issue_id == issues.c.value)
        return query.correlate(issues).scalar_subquery()

    ends = [end(which, table) for table in TABLES for which in (func.min, func.max)]
    return select(issues.c.value, *ends).select_from(issues)


_ENDS = Prepared(_ends())
_ISSUES_OF = Prepared(
    select(t.events.c.id, t.events.c.issue_id).where(sqlite.among(t.events.c.id, "numbers"))
)
