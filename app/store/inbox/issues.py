"""Issues, read for a list: page by page, and then only what changed since a revision.

The order is that of the newest activity. A page starts after its predecessor's last row, not at an offset,
so that what arrives meanwhile shifts nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, select, true, tuple_

from app.model import Issue, IssueState, Level, from_micros, to_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store.inbox import mutes, removal, search

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
_ROWS = select(*t.issues.c, t.projects.c.name.label("project")).join_from(t.issues, t.projects)


def page(
    connection: Connection, issue_filter: IssueFilter, *, after: Issue | None = None, limit: int = 200
) -> list[Issue]:
    """Up to `limit` issues, the newest activity first, beginning after `after`."""
    query = _ROWS.where(_condition(issue_filter))
    if after is not None:
        place = tuple_(t.issues.c.last_seen, t.issues.c.id)
        query = query.where(place < (to_micros(after.last_seen), after.id))
    query = query.order_by(t.issues.c.last_seen.desc(), t.issues.c.id.desc()).limit(limit)
    return [_issue(row) for row in connection.execute(query)]


def changed_since(
    connection: Connection, issue_filter: IssueFilter, since: int, *, limit: int = 500
) -> Changes:
    """The next changes after revision `since`, oldest first. One revision is never split in two answers.

    A revision that changed more issues than `limit` makes the answer that much longer.
    """
    changed = t.issues.c.revision
    last = connection.execute(
        select(changed).where(changed > since).order_by(changed).limit(1).offset(limit - 1)
    ).scalar()
    query = _ROWS.add_columns(_condition(issue_filter).label("matches")).where(changed > since)
    if last is not None:
        query = query.where(changed <= last)
    rows = connection.execute(query.order_by(changed)).all()
    newest = revision(connection)
    return Changes(
        revision=newest if last is None else last,
        matching=tuple(_issue(row) for row in rows if row.matches),
        gone=(
            *(row.id for row in rows if not row.matches),
            *removal.removed_since(connection, since, last),
        ),
        more=last is not None and last < newest,
        is_complete=removal.is_remembered(connection, since),
    )


def revision(connection: Connection) -> int:
    """The revision of the store's last change."""
    return int(connection.execute(select(t.state.c.revision)).scalar_one())


def get(connection: Connection, issue_id: int) -> Issue | None:
    """One issue."""
    row = connection.execute(_ROWS.where(t.issues.c.id == issue_id)).one_or_none()
    return None if row is None else _issue(row)


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
    counted = t.issue_counts.c
    rows = connection.execute(
        select(counted.state, counted.unread, func.sum(counted.count).label("n")).group_by(
            counted.state, counted.unread
        )
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
        .where(_NOT_MERGED)
        .order_by(issues.last_seen.desc(), issues.id.desc())
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
    # A project that sent nothing but sessions and the like has no issues to list.
    counted = t.issue_counts.c
    is_open = counted.state.in_(OPEN_STATES)
    opened = func.sum(counted.count).filter(is_open)
    unread = func.sum(counted.count).filter(is_open, counted.unread.is_(True))
    rows = connection.execute(
        select(
            t.projects.c.name,
            func.coalesce(opened, 0).label("open"),
            func.coalesce(unread, 0).label("unread"),
        )
        .join_from(t.issue_counts, t.projects)
        .where(counted.project_id.in_(project_ids))
        .group_by(t.projects.c.name)
        .having(func.sum(counted.count) > 0)
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


def _issue(row: Any) -> Issue:
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
