"""Issues, read for a list: a page, then only what changed since a revision."""

from collections.abc import Collection

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.model import Issue, IssueState
from app.store import schema as t
from app.store import sqlite
from app.store.inbox.events import removal
from app.store.inbox.indexes import change_log
from app.store.inbox.indexes.issue_order import IN_ORDER
from app.store.inbox.issues.issue_record import issue_of
from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists.issue_filter import OPEN_STATES as OPEN_STATES
from app.store.inbox.lists.issue_filter import IssueFilter as IssueFilter
from app.store.inbox.lists.issue_filter import View as View
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.prepared import Prepared


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


# So many issues whose events match are looked for at once for a page of a search.
STEP = 500

_REVISION = Prepared(select(t.state.c.revision))
_LAST = Prepared(select(func.max(t.issues.c.id)))


def page(
    connection: Connection, issue_filter: IssueFilter, *, after: Issue | None = None, limit: int = 200
) -> list[Issue]:
    """Up to `limit` issues, the newest activity first, beginning after `after`."""
    position = None if after is None else filters.position_of(after)
    if not issue_filter.text.strip():
        everything = filters.ROWS.join(t.issue_order, IN_ORDER).where(filters.condition(issue_filter))
        if position is not None:
            everything = everything.where(filters.older_than(position))
        return [issue_of(row) for row in connection.execute(filters.in_order(everything).limit(limit))]
    # By the index of words, and from the newest issue on, in turns: the one is soon through where few events
    # have the words; the other where many issues are found, or few are in the list.
    found, along, end = IssueSearch(issue_filter), list[Issue](), position
    while True:
        matched = found.matched + STEP
        while found.is_by_events and found.matched < matched:
            found.look_further(connection, STEP)
            if found.is_complete:
                return found.page(connection, after=position, limit=limit).issues
        part = found.look_along(connection, end, limit)
        along, end = [*along, *part.issues], part.end
        if end is None or len(along) >= limit:
            return along[:limit]


def changed_since(
    connection: Connection,
    issue_filter: IssueFilter,
    since: int,
    *,
    limit: int = 500,
    found: IssueSearch | None = None,
) -> Changes:
    """The next changes after revision `since`, oldest first. One revision is never split in two answers.

    A revision that changed more issues than `limit` makes the answer that much longer. `found` is what the
    search of this filter has found; it is brought up to date. Without it, the changed alone are looked at.
    """
    last = change_log.end_of_page(connection, since, limit)
    changed = t.issues.c.id.in_(change_log.changed(since, last))
    query = filters.ROWS.add_columns(filters.condition(issue_filter).label("matches")).where(changed)
    rows = sorted(connection.execute(query), key=lambda row: row.revision)
    removed = removal.removed_since(connection, since, last)
    is_complete = removal.is_remembered(connection, since) and change_log.is_remembered(connection, since)
    matching = {row.id for row in rows if row.matches}
    filled: list[Issue] = []
    if issue_filter.text.strip():
        if found is None:
            found = IssueSearch(issue_filter)
            found.look_at(connection, matching)
        is_complete = found.renew(connection, rows, removed) and is_complete
        matching = found.found(matching)
        filled = found.filled(connection, {row.id for row in rows})
    newest = revision(connection)
    return Changes(
        revision=newest if last is None else last,
        matching=(*(issue_of(row) for row in rows if row.id in matching), *filled),
        gone=(*(row.id for row in rows if row.id not in matching), *removed),
        more=last is not None and last < newest,
        is_complete=is_complete,
    )


def are_many_changes(connection: Connection, since: int, many: int) -> bool:
    """Whether there were so many changes after revision `since`: of so many, only the log is read."""
    return change_log.end_of_page(connection, since, many) is not None


def revision(connection: Connection) -> int:
    """The revision of the store's last change."""
    return int(_REVISION.value(connection))


def last(connection: Connection) -> int:
    """The newest issue of all; 0 before the first. Numbers are never given twice."""
    return _LAST.value(connection) or 0


def get(connection: Connection, issue_id: int) -> Issue | None:
    """One issue; None too for one in the trash."""
    row = connection.execute(filters.ROWS.where(t.issues.c.id == issue_id, filters.NOT_DELETED)).one_or_none()
    return None if row is None else issue_of(row)


def some(connection: Connection, issue_ids: Collection[int]) -> list[Issue]:
    """Several issues, without those in the trash, in no order."""
    rows = connection.execute(filters.ROWS.where(t.issues.c.id.in_(issue_ids), filters.NOT_DELETED))
    return [issue_of(row) for row in rows]


class TriageState(Struct, frozen=True):
    """What a person sets of an issue, but for a mute's rule, which counts down. Times in microseconds."""

    state: IssueState
    unread: bool
    muted_until: int | None
    resolved_in: str | None
    resolved_commit: str | None = None


def triage_states(connection: Connection, issue_ids: Collection[int]) -> dict[int, TriageState]:
    """Those of several issues, by id, in one query; an issue that is gone is left out."""
    rows = _TRIAGE_STATES.rows(connection, issues=sqlite.values_of(issue_ids))
    return {
        issue: TriageState(IssueState(state), bool(unread), *ends) for issue, state, unread, *ends in rows
    }


_TRIAGE_STATES = Prepared(
    select(t.issues.c.id, *(t.issues.c[name] for name in TriageState.__struct_fields__)).where(
        sqlite.among(t.issues.c.id, "issues"), filters.NOT_DELETED
    )
)
