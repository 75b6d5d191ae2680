"""Which issues a list shows, their rows as it reads them, and their order: the newest activity first."""

from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, select, true, tuple_

from app.model import Issue, IssueState, Level, from_micros, to_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store.inbox import mutes, search

OPEN_STATES = (IssueState.OPEN, IssueState.REGRESSED)

# Where an issue is in a list: when it was last seen (microseconds), and its number. From the greatest down.
Position = tuple[int, int]


class View(StrEnum):
    """The lists of the sidebar."""

    INBOX = "inbox"
    UNREAD = "unread"
    RESOLVED = "resolved"
    MUTED = "muted"
    EVERYTHING = "everything"


class IssueFilter(Struct, frozen=True):
    """Which issues a list shows; `text` is a search as `search.parse` takes it."""

    view: View = View.INBOX
    project: str | None = None
    text: str = ""


_VIEWS: dict[View, ColumnElement[bool]] = {
    View.INBOX: t.issues.c.state.in_(OPEN_STATES),
    View.UNREAD: and_(t.issues.c.state.in_(OPEN_STATES), t.issues.c.unread.is_(True)),
    View.RESOLVED: t.issues.c.state == IssueState.RESOLVED,
    View.MUTED: t.issues.c.state == IssueState.MUTED,
    View.EVERYTHING: true(),
}
# What was merged into another issue is in no list.
NOT_MERGED = t.issues.c.merged_into.is_(None)
ROWS = select(*t.issues.c, t.projects.c.name.label("project")).join_from(t.issues, t.projects)


def condition(issue_filter: IssueFilter) -> ColumnElement[bool]:
    """The condition on `issues` for a filter, but for its words and tags: see `issue_search`."""
    conditions: list[ColumnElement[bool]] = [NOT_MERGED, _VIEWS[issue_filter.view]]
    if issue_filter.project is not None:
        named = select(t.projects.c.id).where(t.projects.c.name == issue_filter.project)
        conditions.append(t.issues.c.project_id.in_(named))
    if issue_filter.text.strip():
        conditions.append(search.issue_condition(search.parse(issue_filter.text)))
    return and_(true(), *conditions)


def in_order(query: Select[Any], *, upwards: bool = False) -> Select[Any]:
    """The query in the order of a list, or in the opposite order."""
    columns = (t.issues.c.last_seen, t.issues.c.id)
    return query.order_by(*(column.asc() if upwards else column.desc() for column in columns))


def older_than(position: Position) -> ColumnElement[bool]:
    """The condition for the issues that come after this position."""
    return tuple_(t.issues.c.last_seen, t.issues.c.id) < position


def newer_than(position: Position) -> ColumnElement[bool]:
    """The condition for the issues that come before this position."""
    return tuple_(t.issues.c.last_seen, t.issues.c.id) > position


def position_of(issue: Issue) -> Position:
    """Where an issue is in a list."""
    return to_micros(issue.last_seen), issue.id


def boundary(
    connection: Connection, after: Position | None, count: int, *, upwards: bool = False
) -> Position | None:
    """The position of the issue `count` places after a position, in any state; None beyond the last.

    Counted `upwards` from there, or from the end of the list, if so given.
    """
    places = select(t.issues.c.last_seen, t.issues.c.id)
    if after is not None:
        places = places.where(newer_than(after) if upwards else older_than(after))
    row = connection.execute(in_order(places, upwards=upwards).offset(count - 1).limit(1)).one_or_none()
    return None if row is None else (row.last_seen, row.id)


def issue_of(row: Any) -> Issue:
    """The issue in a row of `ROWS`."""
    return Issue(
        id=row.id,
        project=row.project,
        # Titles that were filed by versions that did not hide secrets still hold them.
        title=hide(row.title),
        type=row.type and hide(row.type),
        value=row.value and hide(row.value),
        culprit=row.culprit and hide(row.culprit),
        level=Level(row.level),
        state=IssueState(row.state),
        unread=row.unread,
        count=row.count,
        users=row.users,
        first_seen=from_micros(row.first_seen),
        last_seen=from_micros(row.last_seen),
        revision=row.revision,
        muted_until=None if row.muted_until is None else from_micros(row.muted_until),
        mute_rule=mutes.rule(row.mute_rule),
        resolved_in=row.resolved_in,
        escalated_at=None if row.escalated_at is None else from_micros(row.escalated_at),
    )
