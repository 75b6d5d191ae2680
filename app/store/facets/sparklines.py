"""The events of the last 24 hours of a few issues, by the hour: the small lines in the rows of a list."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.counts import recent_counts
from app.store.prepared import Prepared

HOURS = 24


def sparklines(connection: Connection, issues: Collection[int], hour: int) -> dict[int, tuple[int, ...]]:
    """The counts of each of these issues in the `HOURS` hours up to `hour`, in hours since 1970."""
    first = hour - HOURS + 1
    found = {issue: [0] * HOURS for issue in issues}
    for issue, then, count in _COUNTS.rows(connection, issues=sqlite.values_of(issues), first=first):
        if then <= hour:
            found[issue][then - first] += count
    for (issue, then), count in recent_counts.hours(connection, issues).items():
        if first <= then <= hour:
            found[issue][then - first] += count
    return {issue: tuple(counts) for issue, counts in found.items()}


_COUNTS = Prepared(
    select(t.issue_hours.c.issue_id, t.issue_hours.c.hour, t.issue_hours.c.count).where(
        sqlite.among(t.issue_hours.c.issue_id, "issues"), t.issue_hours.c.hour >= bindparam("first")
    )
)
