"""Which events and issues retention may remove. Reads only; `inbox/events/removal.py` removes.

Every query is bounded by its limit, and by an index: none costs more in a larger store.
"""

from collections.abc import Sequence

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, or_, select, tuple_

from app.model import IssueState
from app.store import schema as t
from app.store import sqlite
from app.store.inbox.indexes import events_by_issue
from app.store.inbox.indexes.issue_order import IN_ORDER, PLACE
from app.store.prepared import Prepared


class Stretch(Struct, frozen=True):
    """Events that follow each other: the last is number `through`; `going` are those that may be removed."""

    through: int
    going: list[int]


class Age(Struct, frozen=True):
    """What counts as old: what arrived before `horizon`. Both in microseconds since 1970."""

    horizon: int
    now: int


LOOKED_AT = 4
ROWS_AT_ONCE = 2_000
# Everything is old: what to remove of is decided by size.
ANY_AGE = None


def oldest(connection: Connection, after: int, through: int, age: Age | None, limit: int) -> Stretch | None:
    """The next events after number `after` until `limit` of them are found that may be removed.

    Only as far as they are old; None when the next one is not. With `age` None all are. Looks at `LOOKED_AT`
    times as many at most.

    An event goes when all before it are old, too. So what was stamped by a clock that was behind goes in its
    turn, and not at once; what has a time that is still to come was stamped by a clock that was ahead, and
    goes when an event after it is old. After a smaller jump back, what follows may stay as much longer as the
    jump was.
    """
    last, going, stamped_ahead = None, list[int](), list[tuple[int, bool]]()
    most, seen = limit * LOOKED_AT, 0
    while rows := _arrivals(connection, after, through, min(most, ROWS_AT_ONCE)):
        for number, arrived, is_between in rows:
            if age is not None and arrived > age.now:
                stamped_ahead.append((number, is_between))
                continue
            if age is not None and arrived >= age.horizon:
                return None if last is None else Stretch(last, going)
            for last, may_go in (*stamped_ahead, (number, is_between)):
                going += [last] if may_go else []
                if len(going) == limit:
                    return Stretch(last, going)
            stamped_ahead.clear()
        after, seen = rows[-1][0], seen + len(rows)
        # As long as all were stamped ahead, what comes after them decides.
        if last is not None and seen >= most:
            break
    return None if last is None else Stretch(last, going)


def _arrivals(connection: Connection, after: int, through: int, limit: int) -> list[tuple[int, int, bool]]:
    """The next events: their numbers, times of arrival, and whether they may be removed."""
    return [
        (number, arrived, bool(is_between))
        for number, arrived, is_between in _ARRIVALS.rows(
            connection, after=after, through=through, limit=limit
        )
    ]


def left_behind(connection: Connection, issue_ids: Sequence[int], through: int, age: Age) -> list[int]:
    """Old events up to number `through` that were the last of their issues once, and are not any more."""
    issues = sqlite.values_of(issue_ids)
    old = [
        number for query in _OF_ISSUES for (number,) in query.rows(connection, issues=issues, through=through)
    ]
    numbers = sqlite.values_of(between(connection, old))
    return [number for (number,) in _OLD.rows(connection, numbers=numbers, horizon=age.horizon)]


def oldest_of(connection: Connection, issue_id: int, limit: int) -> list[int]:
    """The oldest events of an issue, without its first and its last."""
    found = list[int]()
    for table in events_by_issue.TABLES:
        query = select(table.c.event).where(table.c.issue_id == issue_id)
        found += connection.scalars(query.order_by(table.c.event).limit(limit + 2)).all()
    return sorted(found)[1:-1][:limit]


def between(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those of these events that are neither the first nor the last of their issues."""
    return [number for (number,) in _BETWEEN.rows(connection, numbers=sqlite.values_of(numbers))]


def _is_between() -> ColumnElement[bool]:
    """Whether an event is neither the first nor the last of its issue.

    Looked up for each event: both ends of each issue, found for all at once, took twice as long, since few of
    five hundred events are of the same issue.
    """
    number, tables = t.events.c.id, [table.c for table in events_by_issue.TABLES]
    of_issue = [(entries, entries.issue_id == t.events.c.issue_id) for entries in tables]
    earlier = [exists().where(is_same, entries.event < number) for entries, is_same in of_issue]
    later = [exists().where(is_same, entries.event > number) for entries, is_same in of_issue]
    return and_(or_(*earlier), or_(*later))


_ARRIVALS = Prepared(
    select(t.events.c.id, t.reports.c.received_at, _is_between())
    .join_from(t.events, t.reports, t.reports.c.id == t.events.c.report_id)
    .where(t.events.c.id > bindparam("after"), t.events.c.id <= bindparam("through"))
    .order_by(t.events.c.id)
    .limit(bindparam("limit"))
)
_OF_ISSUES = [
    Prepared(
        select(table.c.event).where(
            sqlite.among(table.c.issue_id, "issues"), table.c.event <= bindparam("through")
        )
    )
    for table in events_by_issue.TABLES
]
_BETWEEN = Prepared(select(t.events.c.id).where(sqlite.among(t.events.c.id, "numbers"), _is_between()))
_OLD = Prepared(
    select(t.events.c.id)
    .join_from(t.events, t.reports, t.reports.c.id == t.events.c.report_id)
    .where(sqlite.among(t.events.c.id, "numbers"), t.reports.c.received_at < bindparam("horizon"))
)


# -- whole issues -------------------------------------------------------------------------------------------

# A condition on `issues`.
IssueKind = ColumnElement[bool]
# When an issue was last seen, and its number. The first is before every issue.
Place = tuple[int, int]
FIRST_PLACE: Place = (-1, -1)


class IssueStretch(Struct, frozen=True):
    """Issues that follow each other by age: `through` is the place of the last, `going` may be removed."""

    through: Place
    going: list[int]


def kinds_by_worth() -> tuple[IssueKind, ...]:
    """Conditions on `issues`, in the order in which they are removed: resolved or muted, read, unread."""
    issues = t.issues.c
    is_done = issues.state.in_((IssueState.RESOLVED, IssueState.MUTED))
    return is_done, ~is_done & issues.unread.is_(False), ~is_done & issues.unread.is_(True)


def oldest_issues(connection: Connection, kind: IssueKind, after: Place, limit: int) -> IssueStretch | None:
    """The next issues after `after` by when they were last seen; `going` are those of this kind.

    An issue that was merged, split or grouped by a rule stays: undoing that refers to its number. So does the
    newest issue, and that of the newest event: their numbers must not be used twice.
    """
    issues = t.issues.c
    query = (
        select(issues.last_seen, issues.id, and_(kind, _may_go()).label("may_go"))
        .join(t.issue_order, IN_ORDER)
        .where(tuple_(*PLACE) > after)
        .order_by(*PLACE)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    if not rows:
        return None
    return IssueStretch((rows[-1].last_seen, rows[-1].id), [row.id for row in rows if row.may_go])


def _may_go() -> ColumnElement[bool]:
    issues, keys, other = t.issues.c, t.regrouped_keys.c, t.issues.alias()
    newest: Select[tuple[int]] = select(t.events.c.issue_id).order_by(t.events.c.id.desc()).limit(1)
    return and_(
        issues.merged_into.is_(None),
        issues.id < select(func.max(other.c.id)).scalar_subquery(),
        issues.id != newest.scalar_subquery(),
        ~exists().where(other.c.merged_into == issues.id),
        ~exists().where(keys.from_issue == issues.id),
        ~exists().where(keys.to_issue == issues.id),
    )
