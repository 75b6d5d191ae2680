"""Which events are of a run: those that came while it ran, in its project, whichever client sent them.

Nothing is written for each event. A run has the numbers of the reports that were received between its begin
and its end, and the numbers of events between which theirs are. So the events of an issue that are of a run
are a stretch of the entries that each issue has of its events.
"""

from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
)

from app.store import schema as t
from app.store.inbox.indexes.events_by_issue import TABLES
from app.store.prepared import Prepared

# So many events of a run are counted; a larger number says that there are more.
MOST_COUNTED = 10_000
# And so many of any project are looked at for that, 1 µs each.
LOOKED_AT = 100_000
_AFTER_ALL = 1 << 62


class SettledRun(Struct, frozen=True):
    """The last event that may be of a run that has ended, and how many are of it, at most `MOST_COUNTED`."""

    last_event: int
    errors: int


class RunCount(Struct, frozen=True):
    """How many events are of a run, as far as up to the event `through`."""

    through: int = 0
    errors: int = 0


def of_issue(run: Any) -> ColumnElement[bool]:
    """The condition on `issues` that it has an event of `run`, which is `schema.runs` or an alias of it."""
    of_project = t.issues.c.project_id.in_(_projects_of(run))
    between = (
        select(table.c.event)
        .join_from(table, t.events, t.events.c.id == table.c.event)
        .where(
            table.c.issue_id == t.issues.c.id,
            table.c.event > run.c.first_event,
            table.c.event <= func.coalesce(run.c.last_event, _AFTER_ALL),
            _of_reports(run),
        )
        .correlate(t.issues, run)
        .exists()
        for table in TABLES
    )
    return and_(of_project, or_(*between))


def in_runs(chosen: ColumnElement[bool], run: FromClause) -> ColumnElement[bool]:
    """The condition on `issues` that it has an event of a run that is `chosen`, a condition on `run`."""
    return select(run.c.id).where(chosen, of_issue(run)).correlate(t.issues).exists()


def new_in_runs(chosen: ColumnElement[bool], run: FromClause) -> ColumnElement[bool]:
    """The same, and the run before, of the same command and project, had none of it."""
    earlier, other = t.runs.alias("earlier"), t.runs.alias("other")
    number = (
        select(other.c.id)
        .where(other.c.project == run.c.project, other.c.command == run.c.command, other.c.id < run.c.id)
        .order_by(other.c.id.desc())
        .limit(1)
        .correlate(run)
        .scalar_subquery()
    )
    had = (
        select(earlier.c.id)
        .where(earlier.c.id == number, of_issue(earlier))
        .correlate(t.issues, run)
        .exists()
    )
    return select(run.c.id).where(chosen, of_issue(run), not_(had)).correlate(t.issues).exists()


def settled_run(connection: Connection, number: int, first: int, last: int) -> SettledRun | None:
    """The last event and the number of those of a run that has ended; None while some are to be digested."""
    if _CURSOR.value(connection) < last:
        return None
    waiting = t.setbacks.c
    query = select(waiting.report_id).where(waiting.report_id.between(first, last), waiting.dead.is_(False))
    if connection.execute(query.limit(1)).scalar() is not None:
        return None
    end = connection.execute(select(func.max(t.events.c.id))).scalar() or 0
    count = count_on(connection, number, RunCount())
    return SettledRun(end, count.errors)


def count_on(connection: Connection, number: int, known: RunCount, looked_at: int = LOOKED_AT) -> RunCount:
    """Go on counting the events of a run from where `known` ends; looks at so many at most."""
    row = _STRETCH.first(connection, run=number)
    if row is None or known.errors > MOST_COUNTED:
        return known
    project, first_report, last_report, first_event = row
    begin = max(first_event, known.through)
    found = _COUNT.first(
        connection,
        project=project,
        first_report=first_report,
        last_report=_AFTER_ALL if last_report is None else last_report,
        after=begin,
        looked_at=looked_at,
    )
    through, errors = found or (None, 0)
    return RunCount(through or begin, min(known.errors + errors, MOST_COUNTED + 1))


def _of_reports(run: Any) -> ColumnElement[bool]:
    return and_(
        t.events.c.report_id >= run.c.first_report,
        t.events.c.report_id <= func.coalesce(run.c.last_report, _AFTER_ALL),
    )


def _projects_of(run: Any) -> Any:
    """The projects that are sent the run's name, or shown by it."""
    columns = t.projects.c
    named = or_(columns.name == run.c.project, columns.shown == run.c.project)
    return select(columns.id).where(named).correlate(run)


def _count() -> Prepared:
    newest = (
        select(t.events.c.id, t.events.c.report_id, t.events.c.project_id)
        .where(t.events.c.id > bindparam("after"))
        .order_by(t.events.c.id)
        .limit(bindparam("looked_at"))
        .subquery()
    )
    columns = t.projects.c
    project: BindParameter[str] = bindparam("project")
    is_of_run = and_(
        newest.c.report_id >= bindparam("first_report"),
        newest.c.report_id <= bindparam("last_report"),
        newest.c.project_id.in_(
            select(columns.id).where(or_(columns.name == project, columns.shown == project))
        ),
    )
    return Prepared(select(func.max(newest.c.id), func.count().filter(is_of_run)))


_CURSOR = Prepared(select(t.state.c.digested_through))
_STRETCH = Prepared(
    select(t.runs.c.project, t.runs.c.first_report, t.runs.c.last_report, t.runs.c.first_event).where(
        t.runs.c.id == bindparam("run")
    )
)
_COUNT = _count()
