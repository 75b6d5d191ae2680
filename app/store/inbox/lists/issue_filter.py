"""Which issues a list shows, their rows as it reads them, and their order: the newest activity first.

The issues of hidden projects are in no list but those of their project, and of a search that names one.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true, tuple_

from app import clock
from app.model import Issue, to_micros
from app.query import parser, syntax
from app.store import schema as t
from app.store.inbox.indexes.issue_order import IN_ORDER, PLACE
from app.store.inbox.issues import descriptions, projects
from app.store.inbox.issues.issue_record import OPEN_STATES as OPEN_STATES
from app.store.inbox.search import search

# Where an issue is in a list: when it was last seen (microseconds), and its number. From the greatest down.
Position = tuple[int, int]


class View(StrEnum):
    """The lists of the sidebar that there are from the start."""

    INBOX = "inbox"
    UNREAD = "unread"
    NEW_TODAY = "new_today"
    REGRESSED = "regressed"
    ESCALATING = "escalating"
    PINNED = "pinned"
    MUTED = "muted"
    RESOLVED = "resolved"
    EVERYTHING = "everything"


class IssueFilter(Struct, frozen=True):
    """Which issues a list shows; `text` is a search as `search.parse` takes it.

    With `since` only those with an event since then, and if `is_fresh` only those that were first seen since
    then; with `is_unread` only those of them that are. `now` is what a view of the day goes by, None being
    the clock. Times in microseconds.
    """

    view: View = View.INBOX
    project: str | None = None
    text: str = ""
    since: int | None = None
    is_fresh: bool = False
    is_unread: bool = False
    now: int | None = None


# An issue that rose above its usual is escalating for so long, as `digest.filing.lifecycle` and its row say.
ESCALATING_FOR = 6 * 3_600_000_000
IS_OPEN = t.issues.c.state.in_(OPEN_STATES)
# What was merged into another issue is in no list.
NOT_MERGED = t.issues.c.merged_into.is_(None)
NOT_HIDDEN = t.issues.c.project_id.not_in(projects.HIDDEN)
# Nor is what is in the trash, which is hidden in the same way.
NOT_DELETED = func.coalesce(t.issues.c.merged_into, -1) != t.IN_TRASH
ROWS = (
    select(*t.issues.c, *descriptions.COLUMNS, t.projects.c.shown.label("project"))
    .select_from(descriptions.DESCRIBED)
    .join(t.projects, t.projects.c.id == t.issues.c.project_id)
)
# The places of issues, and those of a stretch of the list: when each was last seen, and its number. As a list
# of JSON each: as rows, fifty thousand take three times as long.
PLACES_OF_ISSUES = select(
    func.json_group_array(t.issues.c.last_seen), func.json_group_array(t.issues.c.id)
).select_from(t.issues)
PLACES = select(*(func.json_group_array(column) for column in PLACE)).select_from(
    t.issues.join(t.issue_order, IN_ORDER)
)


def condition(issue_filter: IssueFilter) -> ColumnElement[bool]:
    """The condition on `issues`, but for what a search asks of events: see `issue_search`."""
    if not issue_filter.text.strip():
        return condition_of_list(issue_filter)
    return and_(condition_of_list(issue_filter), search.parse(issue_filter.text).issue_condition)


def condition_of_list(issue_filter: IssueFilter) -> ColumnElement[bool]:
    """The same without the search."""
    conditions: list[ColumnElement[bool]] = [NOT_MERGED, in_view(issue_filter.view, issue_filter.now)]
    if issue_filter.project is not None:
        conditions.append(t.issues.c.project_id.in_(projects.named(issue_filter.project)))
    elif not _names_a_project(issue_filter.text):
        conditions.append(NOT_HIDDEN)
    if issue_filter.since is not None:
        seen = t.issues.c.first_seen if issue_filter.is_fresh else t.issues.c.last_seen
        conditions.append(seen >= issue_filter.since)
    if issue_filter.is_unread:
        conditions.append(t.issues.c.unread.is_(True))
    return and_(true(), *conditions)


def in_view(view: View, now: int | None = None) -> ColumnElement[bool]:
    """The condition on issues for a view."""
    columns = t.issues.c
    match view:
        case View.INBOX:
            return IS_OPEN
        case View.UNREAD:
            return and_(IS_OPEN, columns.unread.is_(True))
        case View.NEW_TODAY:
            return and_(IS_OPEN, columns.first_seen >= clock.midnight(now))
        case View.ESCALATING:
            return and_(IS_OPEN, columns.escalated_at > _now(now) - ESCALATING_FOR)
        case View.PINNED:
            return columns.pinned == true()
        case View.EVERYTHING:
            return true()
        case _:
            # The others are states, and bear their names.
            return columns.state == view.value


def floor(issue_filter: IssueFilter) -> int | None:
    """No issue of the list was last seen before this time (microseconds); None where any may be."""
    floors = [] if issue_filter.since is None else [issue_filter.since]
    if issue_filter.view is View.NEW_TODAY:
        floors.append(clock.midnight(issue_filter.now))
    if issue_filter.view is View.ESCALATING:
        floors.append(_now(issue_filter.now) - ESCALATING_FOR)
    return max(floors, default=None)


def _now(now: int | None) -> int:
    return clock.now_micros() if now is None else now


def _names_a_project(text: str) -> bool:
    return "project" in text and any(term.key == "project" for term in syntax.terms(parser.parse(text).root))


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
