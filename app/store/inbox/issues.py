"""Issues, read for a list: page by page, and then only what changed since a revision.

The order is that of the newest activity. A page starts after its predecessor's last row, not at an offset,
so that what arrives meanwhile shifts nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, select, true, tuple_

from app.model import Issue, IssueState, to_micros
from app.store import schema as t
from app.store.inbox import change_log, descriptions, removal, search
from app.store.inbox.issue_order import IS_CURRENT, PLACE
from app.store.inbox.issue_record import issue_of

OPEN_STATES = (IssueState.OPEN, IssueState.REGRESSED)
# In a longer list a project is hard to find; `project:NAME` in the search does.
LISTED_PROJECTS = 50
# Among these are the projects with the newest activity: a list of all would be read with each new number.
NEWEST_ISSUES = 2_000


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


class Changes(Struct, frozen=True):
    """What changed up to `revision`: the issues that match, and the ids of those that do not (any more).

    With `more` there are further changes after `revision`. Unless it `is_complete`, so many issues have been
    removed meanwhile that not all of them are recorded: a list has to be read again.
    """

    revision: int
    matching: tuple[Issue, ...]
    gone: tuple[int, ...]
    more: bool
    is_complete: bool = True


class ProjectCount(Struct, frozen=True):
    """A project, with how many open issues it has and how many of them are unread."""

    project: str
    issues: int
    unread: int


class Counts(Struct, frozen=True):
    """The numbers in the sidebar.

    `projects` are those with the newest activity, by name; `more_projects` is how many are not among them.
    """

    views: dict[View, int]
    projects: tuple[ProjectCount, ...]
    more_projects: int = 0


_VIEWS: dict[View, ColumnElement[bool]] = {
    View.INBOX: t.issues.c.state.in_(OPEN_STATES),
    View.UNREAD: and_(t.issues.c.state.in_(OPEN_STATES), t.issues.c.unread.is_(True)),
    View.RESOLVED: t.issues.c.state == IssueState.RESOLVED,
    View.MUTED: t.issues.c.state == IssueState.MUTED,
    View.EVERYTHING: true(),
}
# What was merged into another issue is in no list.
_NOT_MERGED = t.issues.c.merged_into.is_(None)
_ROWS = (
    select(*t.issues.c, *descriptions.COLUMNS, t.projects.c.name.label("project"))
    .select_from(descriptions.DESCRIBED)
    .join(t.projects, t.projects.c.id == t.issues.c.project_id)
)


def page(
    connection: Connection, issue_filter: IssueFilter, *, after: Issue | None = None, limit: int = 200
) -> list[Issue]:
    """Up to `limit` issues, the newest activity first, beginning after `after`."""
    query = _ROWS.join(t.issue_order, IS_CURRENT).where(_condition(issue_filter))
    if after is not None:
        query = query.where(tuple_(*PLACE) < (to_micros(after.last_seen), after.id))
    query = query.order_by(*(column.desc() for column in PLACE)).limit(limit)
    return [issue_of(row) for row in connection.execute(query)]


def changed_since(
    connection: Connection, issue_filter: IssueFilter, since: int, *, limit: int = 500
) -> Changes:
    """The next changes after revision `since`, oldest first. One revision is never split in two answers.

    A revision that changed more issues than `limit` makes the answer that much longer.
    """
    last = change_log.end_of_page(connection, since, limit)
    changed = t.issues.c.id.in_(change_log.changed(since, last))
    query = _ROWS.add_columns(_condition(issue_filter).label("matches")).where(changed)
    rows = sorted(connection.execute(query), key=lambda row: row.revision)
    newest = revision(connection)
    return Changes(
        revision=newest if last is None else last,
        matching=tuple(issue_of(row) for row in rows if row.matches),
        gone=(
            *(row.id for row in rows if not row.matches),
            *removal.removed_since(connection, since, last),
        ),
        more=last is not None and last < newest,
        is_complete=removal.is_remembered(connection, since) and change_log.is_remembered(connection, since),
    )


def revision(connection: Connection) -> int:
    """The revision of the store's last change."""
    return int(connection.execute(select(t.state.c.revision)).scalar_one())


def get(connection: Connection, issue_id: int) -> Issue | None:
    """One issue."""
    row = connection.execute(_ROWS.where(t.issues.c.id == issue_id)).one_or_none()
    return None if row is None else issue_of(row)


class TriageState(Struct, frozen=True):
    """What a person sets of an issue, but for a mute's rule, which counts down. Times in microseconds."""

    state: IssueState
    unread: bool
    muted_until: int | None
    resolved_in: str | None


def triage_states(connection: Connection, issue_ids: Collection[int]) -> dict[int, TriageState]:
    """Those of several issues, by id, in one query; an issue that is gone is left out."""
    columns = t.issues.c
    query = select(columns.id, columns.state, columns.unread, columns.muted_until, columns.resolved_in).where(
        columns.id.in_(issue_ids)
    )
    return {
        row.id: TriageState(IssueState(row.state), row.unread, row.muted_until, row.resolved_in)
        for row in connection.execute(query)
    }


def counts(connection: Connection) -> Counts:
    """How many issues each view has, and each of the projects that are listed."""
    issues = t.issues.c
    rows = connection.execute(
        select(issues.state, issues.unread, func.count().label("n"))
        .where(_NOT_MERGED)
        .group_by(issues.state, issues.unread)
    ).all()
    opened = [row for row in rows if row.state in OPEN_STATES]
    views = {
        View.INBOX: _sum(opened),
        View.UNREAD: _sum(row for row in opened if row.unread),
        View.RESOLVED: _sum(row for row in rows if row.state == IssueState.RESOLVED),
        View.MUTED: _sum(row for row in rows if row.state == IssueState.MUTED),
        View.EVERYTHING: _sum(rows),
    }
    listed, more = _listed_projects(connection)
    return Counts(views, _project_counts(connection, listed), more)


def _listed_projects(connection: Connection) -> tuple[list[int], int]:
    """The projects that are listed, and how many others there are."""
    projects = connection.execute(select(func.count()).select_from(t.projects)).scalar_one()
    if projects <= LISTED_PROJECTS:
        return list(connection.execute(select(t.projects.c.id)).scalars()), 0
    issues = t.issues.c
    newest = (
        select(issues.project_id, issues.last_seen)
        .join(t.issue_order, IS_CURRENT)
        .where(_NOT_MERGED)
        .order_by(*(column.desc() for column in PLACE))
        .limit(NEWEST_ISSUES)
        .subquery()
    )
    listed = (
        select(newest.c.project_id)
        .group_by(newest.c.project_id)
        .order_by(func.max(newest.c.last_seen).desc())
        .limit(LISTED_PROJECTS)
    )
    found = list(connection.execute(listed).scalars())
    return found, projects - len(found)


def _project_counts(connection: Connection, project_ids: Sequence[int]) -> tuple[ProjectCount, ...]:
    # A project that sent nothing but sessions and the like has no row here: it has no issues to list.
    issues = t.issues.c
    is_open = issues.state.in_(OPEN_STATES)
    rows = connection.execute(
        select(
            t.projects.c.name,
            func.count().filter(is_open).label("open"),
            func.count().filter(is_open, issues.unread.is_(True)).label("unread"),
        )
        .join_from(t.issues, t.projects)
        .where(_NOT_MERGED, issues.project_id.in_(project_ids))
        .group_by(t.projects.c.name)
        .order_by(t.projects.c.name)
    )
    return tuple(ProjectCount(row.name, row.open, row.unread) for row in rows)


def _sum(rows: Iterable[Any]) -> int:
    return sum(row.n for row in rows)


def _condition(issue_filter: IssueFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [_NOT_MERGED, _VIEWS[issue_filter.view]]
    if issue_filter.project is not None:
        named = select(t.projects.c.id).where(t.projects.c.name == issue_filter.project)
        conditions.append(t.issues.c.project_id.in_(named))
    if issue_filter.text.strip():
        conditions.append(search.issue_condition(issue_filter.text))
    return and_(true(), *conditions)
