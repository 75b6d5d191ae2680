"""The order of lists: issues by when they were last seen.

A table to which an issue's new place is added, and from which the old one is removed later, with others
around it. SQLite's own index by `last_seen` removed each at once, from a page of its own: of fifty thousand
issues, a batch wrote 107 pages of that index, and writes 8 of this table.

So a row is the place of an issue only if it `IS_CURRENT`. Each issue has one such row: triggers on `issues`
see to that (migration 0012). A place that is left after at most two seconds they remove at once, as it is
near the new one: a flood leaves no thousand old places at the beginning of the list.
"""

from sqlalchemy import Connection, delete, func, select, tuple_

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.indexes import staged_index

# How many places are looked at in each turn of `staged_index`, which adds at most 512.
LOOKED_AT = 1_500
# Steps of this share of all issues come everywhere soonest (the golden ratio).
STEP = 0.618_033_988_75

PLACE = (t.issue_order.c.last_seen, t.issue_order.c.issue_id)
# The condition by which `issue_order` is joined with `issues` that are given.
IS_CURRENT = (t.issue_order.c.issue_id == t.issues.c.id) & (t.issue_order.c.last_seen == t.issues.c.last_seen)

# The same where places are read in their order, each with its issue: the other way round, all are sorted.
IN_ORDER = (sqlite.unindexed(t.issue_order.c.issue_id) == t.issues.c.id) & (
    sqlite.unindexed(t.issue_order.c.last_seen) == t.issues.c.last_seen
)


def tidy(connection: Connection, before: int, through: int) -> None:
    """After the events from `before` (exclusive) to `through` were filed: remove some old places."""
    for turn in staged_index.turns(before, through):
        issues = connection.execute(select(func.max(t.issues.c.id))).scalar() or 0
        _tidy_from(connection, int(issues * (turn * STEP % 1)))


def _tidy_from(connection: Connection, issue: int) -> None:
    """Remove the old places among those below the place of this issue: there is none above all issues."""
    begin = select(t.issues.c.last_seen).where(t.issues.c.id >= issue).order_by(t.issues.c.id).limit(1)
    near = (
        select(*PLACE)
        .where(t.issue_order.c.last_seen <= begin.scalar_subquery())
        .order_by(*(column.desc() for column in PLACE))
        .limit(LOOKED_AT)
        .subquery()
    )
    is_current = (near.c.issue_id == t.issues.c.id) & (near.c.last_seen == t.issues.c.last_seen)
    old = select(*near.c).join(t.issues, is_current, isouter=True).where(t.issues.c.id.is_(None))
    connection.execute(delete(t.issue_order).where(tuple_(*PLACE).in_(old)))
