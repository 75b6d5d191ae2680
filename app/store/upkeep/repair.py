"""Repairs what can be derived from other data in the store; the rest is left as it is.

Derived: the indexes, the search index, how many issues there are in each state, an issue's users (from those
it has met), its count (the sum of its hours, in which events that retention removed still count), and of tags
and hours at least what the stored events have. Not derived: what retention removed, what users did, first and
last seen, the timeline. So only a count that its own hours contradict is ever lowered.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from app.store import bulk
from app.store import schema as t
from app.store.grouping.corrections import UNDER_WAY
from app.store.inbox.counts import recent_counts
from app.store.inbox.counts.tallies import Tally

AT_ONCE = 500
_OF_REPORTS = (t.attachments, t.feedback, t.event_changes, t.setbacks)
_OF_ISSUES = (
    t.deleted_keys,
    t.deleted_issues,
    t.issue_tags,
    t.issue_hours,
    t.issue_users,
    t.issue_keys,
    t.issue_descriptions,
)


class Repaired(Struct, kw_only=True):
    """What was repaired: rows by table that belonged to nothing, and how many issues had wrong counts.

    `unreadable` are events whose report could not be read again: the search does not find them.
    """

    faults: list[str] = field(default_factory=list)
    orphans: dict[str, int] = field(default_factory=dict)
    indexed: int = 0
    unreadable: int = 0
    counts: int = 0
    users: int = 0
    tags: int = 0
    hours: int = 0


def remove_orphans(connection: Connection) -> dict[str, int]:
    """Remove rows that belong to a report or an issue that is not there; returns how many, by table."""
    removed: dict[str, int] = {}
    reports, issues = select(t.reports.c.id), select(t.issues.c.id)
    lost = t.events.c.report_id.not_in(reports) | t.events.c.issue_id.not_in(issues)
    _remove(connection, t.events, lost, removed)
    for table in _OF_REPORTS:
        _remove(connection, table, table.c.report_id.not_in(reports), removed)
    for table in _OF_ISSUES:
        _remove(connection, table, table.c.issue_id.not_in(issues), removed)
    # Rows that are settled may be of issues that retention has removed since: they are removed soon.
    counted = recent_counts.is_unsettled(t.recent_counts)
    _remove(connection, t.recent_counts, counted & t.recent_counts.c.issue_id.not_in(issues), removed)
    return removed


def _remove(connection: Connection, table: Table, lost: ColumnElement[bool], removed: dict[str, int]) -> None:
    gone = connection.execute(delete(table).where(lost)).rowcount
    if gone:
        removed[table.name] = gone


def event_numbers(connection: Connection) -> Iterator[list[int]]:
    """The numbers of all stored events, some at a time."""
    last = -1
    while True:
        query = select(t.events.c.id).where(t.events.c.id > last).order_by(t.events.c.id).limit(AT_ONCE)
        numbers = list(connection.execute(query).scalars())
        if not numbers:
            return
        yield numbers
        last = numbers[-1]


def is_regrouping(connection: Connection) -> bool:
    """Whether a correction of grouping is under way: counters and events do not agree until it is done."""
    unfinished = t.regroupings.c.state.in_(UNDER_WAY)
    return bool(connection.execute(select(func.count()).where(unfinished)).scalar_one())


def count_at_least(connection: Connection, stored: Mapping[int, Tally], repaired: Repaired) -> None:
    """Raise each issue's tags, hours and users to those of its stored events; then recompute its count."""
    recent_counts.settle_all(connection)
    for issue, tally in stored.items():
        repaired.tags += _raise_tags(connection, issue, tally.tags)
        repaired.hours += _raise_hours(connection, issue, tally.hours)
        bulk.add_missing(connection, t.issue_users, [(issue, user) for user in sorted(tally.users)])
    live = t.issues.c.merged_into.is_(None)
    met = (
        select(func.count())
        .select_from(t.issue_users)
        .where(t.issue_users.c.issue_id == t.issues.c.id)
        .scalar_subquery()
    )
    repaired.users = connection.execute(
        update(t.issues).where(live, t.issues.c.users != met).values(users=met)
    ).rowcount
    counted = (
        select(func.coalesce(func.sum(t.issue_hours.c.count), 0))
        .where(t.issue_hours.c.issue_id == t.issues.c.id)
        .scalar_subquery()
    )
    repaired.counts = connection.execute(
        update(t.issues).where(live, t.issues.c.count != counted).values(count=counted)
    ).rowcount


def count_all(connection: Connection) -> None:
    """Count again what triggers count: the issues of the sidebar's numbers, and the events."""
    issues = t.issues.c
    group = (issues.project_id, issues.state, issues.unread)
    listed = select(*group, func.count()).where(issues.merged_into.is_(None)).group_by(*group)
    connection.execute(delete(t.issue_counts))
    connection.execute(insert(t.issue_counts).from_select(list(t.issue_counts.c.keys()), listed))
    events = select(func.count()).select_from(t.events).scalar_subquery()
    deleted = t.events.c.issue_id.in_(select(t.deleted_issues.c.issue_id))
    of_deleted = select(func.count()).select_from(t.events).where(deleted).scalar_subquery()
    connection.execute(update(t.state).values(events=events, deleted_events=of_deleted))


def _raise_tags(connection: Connection, issue: int, stored: Counter[tuple[str, str]]) -> int:
    table = t.issue_tags
    rows = connection.execute(
        select(table.c.key, table.c.value, table.c.count).where(table.c.issue_id == issue)
    )
    known = {(key, value): count for key, value, count in rows}
    more = [
        (issue, key, value, count - known.get((key, value), 0))
        for (key, value), count in stored.items()
        if count > known.get((key, value), 0)
    ]
    bulk.count_up(connection, table, more)
    return len(more)


def _raise_hours(connection: Connection, issue: int, stored: Counter[int]) -> int:
    table = t.issue_hours
    rows = connection.execute(select(table.c.hour, table.c.count).where(table.c.issue_id == issue))
    known = {hour: count for hour, count in rows}  # noqa: C416 - rows are no pairs to the type checker
    more = [
        (issue, hour, count - known.get(hour, 0))
        for hour, count in stored.items()
        if count > known.get(hour, 0)
    ]
    bulk.count_up(connection, table, more)
    return len(more)
