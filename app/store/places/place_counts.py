"""The numbers of views and projects: how many issues they list, and how many of them are unread.

Most are sums of a table that triggers keep. Of the views that go by time, so many issues are counted as a
person can tell apart: what is counted with each commit must not take longer in a larger store.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, or_, select, true

from app.clock import midnight, now_micros
from app.model import IssueState
from app.store import schema as t
from app.store.inbox.indexes.issue_order import IN_ORDER, PLACE
from app.store.inbox.issues import projects
from app.store.inbox.issues.issue_record import OPEN_STATES
from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists.issue_filter import ESCALATING_FOR, View
from app.store.prepared import Prepared

# In a longer list a project is hard to find; `project:NAME` in the search does.
LISTED_PROJECTS = 50
# Among these are the projects with the newest activity: a list of all would be read with each new number.
NEWEST_ISSUES = 2_000
# So many are counted one by one; a number above it says that there are more.
MOST = 1_000
# And so many are looked at for that: 1 µs each.
LOOKED_AT = 1_500


class ViewCount(Struct, frozen=True):
    """How many issues a view has, and how many of them are unread; in views of the day at most `MOST + 1`."""

    issues: int = 0
    unread: int = 0


class ProjectCount(Struct, frozen=True):
    """A project, with how many open issues it has and how many of them are unread; its app sends `sent`."""

    project: str
    issues: int
    unread: int
    id: int = 0
    colour: str | None = None
    icon: str | None = None
    sent: str = ""


class Counts(Struct, frozen=True):
    """The numbers in the sidebar.

    `views` are all issues of each view, and `unread` those of them that are unread. `projects` are those with
    the newest activity, by name; `more_projects` is how many are not among them. `hidden` are the others that
    a person has hidden, all of them.
    """

    views: dict[View, int]
    projects: tuple[ProjectCount, ...]
    more_projects: int = 0
    unread: dict[View, int] = {}
    hidden: tuple[ProjectCount, ...] = ()


def counts(connection: Connection, now: int | None = None) -> Counts:
    """How many issues each view has, and each of the projects that are listed. `now` in microseconds."""
    moment = now_micros() if now is None else now
    found = _by_state(connection)
    issues = t.issues.c
    found[View.NEW_TODAY] = _by_time(connection, issues.first_seen, midnight(moment))
    found[View.ESCALATING] = _by_time(connection, issues.escalated_at, moment - ESCALATING_FOR + 1)
    found[View.PINNED] = _pinned(connection)
    many, many_hidden = _numbers_of_projects(connection)
    listed, more = _listed_projects(connection, many)
    by_name = _project_counts(connection, listed)
    hidden = _hidden_counts(connection) if many_hidden else ()
    return Counts(
        {view: found[view].issues for view in View},
        by_name,
        more,
        {view: found[view].unread for view in View},
        hidden,
    )


def _by_state(connection: Connection) -> dict[View, ViewCount]:
    counted = t.issue_counts.c
    rows = connection.execute(
        select(counted.state, counted.unread, func.sum(counted.count).label("n"))
        .where(counted.project_id.not_in(projects.HIDDEN))
        .group_by(counted.state, counted.unread)
    ).all()
    opened = [row for row in rows if row.state in OPEN_STATES]
    unread = [row for row in opened if row.unread]
    return {
        View.INBOX: _sums(opened),
        View.UNREAD: _sums(unread),
        View.REGRESSED: _sums(row for row in rows if row.state == IssueState.REGRESSED),
        View.RESOLVED: _sums(row for row in rows if row.state == IssueState.RESOLVED),
        View.MUTED: _sums(row for row in rows if row.state == IssueState.MUTED),
        View.EVERYTHING: _sums(rows),
    }


def _sums(rows: Iterable[Any]) -> ViewCount:
    found = list(rows)
    return ViewCount(sum(row.n for row in found), sum(row.n for row in found if row.unread))


def _by_time(connection: Connection, column: Any, since: int) -> ViewCount:
    """The open issues whose `column`, which has an index, is a time from `since` on."""
    newest = (
        select(t.issues.c.unread, filters.IS_OPEN.label("open"), filters.NOT_MERGED.label("listed"))
        .add_columns(filters.NOT_HIDDEN.label("shown"))
        .where(column >= since)
        .order_by(column.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    columns = newest.c
    is_in = columns.open & columns.listed & columns.shown
    row = connection.execute(
        select(
            func.count().label("looked_at"),
            func.count().filter(is_in).label("issues"),
            func.count().filter(is_in, columns.unread).label("unread"),
        ).select_from(newest)
    ).one()
    if row.looked_at < LOOKED_AT:
        return ViewCount(min(row.issues, MOST + 1), min(row.unread, MOST + 1))
    # There may be more than was looked at.
    return ViewCount(MOST + 1, MOST + 1 if row.unread else 0)


def _pinned(connection: Connection) -> ViewCount:
    rows = connection.execute(
        select(t.issues.c.unread)
        .where(t.issues.c.pinned == true(), filters.NOT_MERGED, filters.NOT_HIDDEN)
        .limit(MOST + 1)
    ).scalars()
    unread = list(rows)
    return ViewCount(len(unread), sum(map(bool, unread)))


def _listed_projects(connection: Connection, many: int) -> tuple[list[int], int]:
    """The projects that are listed, out of so many, and how many others there are.

    Those that a person has given a colour or an icon are among them, whenever they were heard of last.
    """
    columns = t.projects.c
    is_own = columns.merged_into.is_(None) & columns.hidden.is_(False)
    if many <= LISTED_PROJECTS:
        return list(connection.execute(select(columns.id).where(is_own)).scalars()), 0
    issues = t.issues.c
    newest = (
        select(issues.project_id, issues.last_seen)
        .join(t.issue_order, IN_ORDER)
        .where(filters.NOT_MERGED, filters.NOT_HIDDEN)
        .order_by(*(column.desc() for column in PLACE))
        .limit(NEWEST_ISSUES)
        .subquery()
    )
    own = func.coalesce(columns.merged_into, columns.id)
    listed = (
        select(own)
        .select_from(newest.join(t.projects, columns.id == newest.c.project_id))
        .group_by(own)
        .order_by(func.max(newest.c.last_seen).desc())
        .limit(LISTED_PROJECTS)
    )
    found = list(connection.execute(listed).scalars())
    is_dressed = columns.colour.is_not(None) | columns.icon.is_not(None)
    dressed = connection.execute(select(columns.id).where(is_dressed, is_own).limit(LISTED_PROJECTS))
    found += set(dressed.scalars()) - set(found)
    return found, many - len(found)


def _numbers_of_projects(connection: Connection) -> tuple[int, int]:
    """How many projects are neither hidden nor in another, and how many are hidden: each is not read."""
    found = _MANY.first(connection)
    assert found is not None
    all_, merged, hidden = found
    return all_ - merged - hidden, hidden


def _project_counts(connection: Connection, project_ids: Sequence[int]) -> tuple[ProjectCount, ...]:
    """Those of these projects that have issues to list, each with what was merged into it."""
    return _counted(connection, _OWN.id.in_(project_ids), are_empty_listed=False)


def _hidden_counts(connection: Connection) -> tuple[ProjectCount, ...]:
    return _counted(connection, _OWN.hidden == true(), are_empty_listed=True)


def _counted(connection: Connection, condition: Any, *, are_empty_listed: bool) -> tuple[ProjectCount, ...]:
    counted, part = t.issue_counts.c, t.projects.alias("part")
    is_open = counted.state.in_(OPEN_STATES)
    opened = func.sum(counted.count).filter(is_open)
    unread = func.sum(counted.count).filter(is_open, counted.unread.is_(True))
    # A project that sent nothing but sessions and the like has no issues to list.
    listed = select(
        _OWN.id,
        _OWN.shown,
        func.coalesce(opened, 0).label("open"),
        func.coalesce(unread, 0).label("unread"),
        _OWN.colour,
        _OWN.icon,
        _OWN.name,
    ).select_from(
        _OWNERS.join(part, or_(part.c.id == _OWN.id, part.c.merged_into == _OWN.id)).join(
            t.issue_counts, counted.project_id == part.c.id, isouter=are_empty_listed
        )
    )
    query = (
        listed.where(condition, _OWN.merged_into.is_(None)).group_by(_OWN.id).order_by(func.lower(_OWN.shown))
    )
    if not are_empty_listed:
        query = query.having(func.sum(counted.count) > 0)
    rows = connection.execute(query)
    return tuple(
        ProjectCount(row.shown, row.open, row.unread, row.id, row.colour, row.icon, row.name) for row in rows
    )


def _many(*conditions: Any) -> Any:
    return select(func.count()).select_from(t.projects).where(*conditions).scalar_subquery()


_IS_MERGED = t.projects.c.merged_into.is_not(None)
_IS_HIDDEN = (t.projects.c.hidden == true()) & t.projects.c.merged_into.is_(None)
_MANY = Prepared(select(_many(), _many(_IS_MERGED), _many(_IS_HIDDEN)))
_OWNERS = t.projects.alias("own")
_OWN = _OWNERS.c
