"""Which issues a list shows, their rows as it reads them, and their order: the newest activity first."""

from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true, tuple_

from app.model import Issue, IssueState, to_micros
from app.store import schema as t
from app.store.inbox import descriptions, search
from app.store.inbox.issue_order import IN_ORDER, IS_CURRENT, PLACE
from app.store.inbox.issue_terms import OPEN_STATES as OPEN_STATES

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
# Nor is what is in the trash, which is hidden in the same way.
NOT_DELETED = func.coalesce(t.issues.c.merged_into, -1) != t.IN_TRASH
ROWS = (
    select(*t.issues.c, *descriptions.COLUMNS, t.projects.c.name.label("project"))
    .select_from(descriptions.DESCRIBED)
    .join(t.projects, t.projects.c.id == t.issues.c.project_id)
)
# The places of issues that are given, and those of a stretch of the list.
PLACES_OF_ISSUES = select(*PLACE).select_from(t.issues.join(t.issue_order, IS_CURRENT))
PLACES = select(*PLACE).select_from(t.issues.join(t.issue_order, IN_ORDER))


def condition(issue_filter: IssueFilter) -> ColumnElement[bool]:
    """The condition on `issues`, but for what a search asks of events: see `issue_search`."""
    if not issue_filter.text.strip():
        return condition_of_list(issue_filter)
    return and_(condition_of_list(issue_filter), search.parse(issue_filter.text).issue_condition)


def condition_of_list(issue_filter: IssueFilter) -> ColumnElement[bool]:
    """The same without the search."""
    conditions: list[ColumnElement[bool]] = [NOT_MERGED, _VIEWS[issue_filter.view]]
    if issue_filter.project is not None:
        named = select(t.projects.c.id).where(t.projects.c.name == issue_filter.project)
        conditions.append(t.issues.c.project_id.in_(named))
    return and_(true(), *conditions)


def in_order(query: Select[Any], *, upwards: bool = False) -> Select[Any]:
    """The query of `issue_order` in the order of a list, or in the opposite order."""
    return query.order_by(*(column.asc() if upwards else column.desc() for column in PLACE))


def older_than(position: Position) -> ColumnElement[bool]:
    """The condition for the places that come after this position."""
    return tuple_(*PLACE) < position


def newer_than(position: Position) -> ColumnElement[bool]:
    """The condition for the places that come before this position."""
    return tuple_(*PLACE) > position


def position_of(issue: Issue) -> Position:
    """Where an issue is in a list."""
    return to_micros(issue.last_seen), issue.id


def newest(connection: Connection) -> int:
    """When the newest event came (microseconds), whichever list its issue is in; 0 without any."""
    places = in_order(select(*PLACE)).limit(1)
    row = connection.execute(places).one_or_none()
    return 0 if row is None else int(row.last_seen)


def boundary(
    connection: Connection, after: Position | None, count: int, *, upwards: bool = False
) -> Position | None:
    """The position `count` places after another, whichever issues are there; None beyond the last.

    Counted `upwards` from there, or from the end of the list, if so given.
    """
    places = select(*PLACE)
    if after is not None:
        places = places.where(newer_than(after) if upwards else older_than(after))
    row = connection.execute(in_order(places, upwards=upwards).offset(count - 1).limit(1)).one_or_none()
    return None if row is None else (row.last_seen, row.issue_id)
