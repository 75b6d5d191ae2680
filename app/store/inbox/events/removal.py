"""Removes events and whole issues, with all rows that refer to them, in the caller's transaction.

The newest event and the newest issue must never be removed: the next number follows the largest one, and no
number may be used twice.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, bindparam, delete, exists, func, insert, select

from app.store import bulk, search_index, sqlite
from app.store import schema as t
from app.store.inbox.counts import event_counts, recent_counts
from app.store.inbox.indexes import event_ids, events_by_issue
from app.store.inbox.issues import fixes
from app.store.prepared import Prepared
from app.store.revision import bump

# How many removed issues are recorded, for windows that still show them.
REMEMBERED = 10_000


def remove_events(connection: Connection, ids: Sequence[int]) -> None:
    """Remove events, and the reports that brought nothing else.

    Each table is left in one statement: measured, a statement a report takes five times as long. References
    are checked at the commit: checked with each statement, removing a report took 17 µs in place of 11.
    """
    if not ids:
        return
    sqlite.check_references_at_commit(connection)
    numbers = sqlite.values_of(ids)
    reports = {report for (report,) in _REPORTS_OF.rows(connection, ids=numbers)}
    reports.update(report for (report,) in _REPORTS_OF_FILES.rows(connection, ids=numbers))
    event_counts.remove_events(connection, ids)
    search_index.remove_events(connection, ids)
    _REMOVE_EVENTS.run(connection, ids=numbers)
    remove_unused_reports(connection, sorted(reports))


# The indexes of events by something random.
_INDEXES = (event_ids.INDEX, events_by_issue.INDEX)


def index_entries(connection: Connection, ids: Sequence[int]) -> Iterator[tuple[Table, list[bulk.Row]]]:
    """What `unindex` may remove of these events: of each index its rows, in their order."""
    rows = list(_INDEXED.rows(connection, ids=sqlite.values_of(ids)))
    for place, index in enumerate(_INDEXES):
        yield index.settled, sorted((row[place], row[-1]) for row in rows)


def unindex(connection: Connection, index: Table, entries: Sequence[bulk.Row]) -> None:
    """Remove some of the entries of events that are about to be removed.

    The events' own removal does that, too, but in their order, each entry in a page of its own. Those of ten
    thousand events share pages in the order of the index (measured at a million events: 21 kB were written
    for one in place of 58, and it took 135 µs in place of 223).
    """
    bulk.remove(connection, index, entries)


def index_again(connection: Connection, ids: Sequence[int]) -> None:
    """Add what `unindex` removed of events that stay after all: they were moved to other issues meanwhile."""
    for add in _INDEX_AGAIN:
        add.run(connection, ids=sqlite.values_of(ids))


def remove_unused_reports(connection: Connection, reports: Sequence[int]) -> None:
    """Remove those of these reports that no event is stored of, with what else they brought."""
    found = _UNUSED.rows(connection, ids=sqlite.values_of(reports))
    unused = sqlite.values_of(report for (report,) in found)
    for remove in _REMOVE_WITH_REPORTS:
        remove.run(connection, ids=unused)


def remove_issues(connection: Connection, ids: Sequence[int]) -> int:
    """Remove issues with all their events; returns the number of these.

    An event of theirs that comes later opens a new issue.
    """
    if not ids:
        return 0
    entries = events_by_issue.ENTRIES.c
    events = list(connection.execute(select(entries.event).where(entries.issue_id.in_(ids))).scalars())
    remove_events(connection, events)
    event_counts.forget(connection, ids)
    recent_counts.forget(connection, ids)
    fixes.withdraw(connection, ids)
    for table in (t.issue_tags, t.issue_hours, t.issue_users, t.history, t.issue_keys, t.issue_descriptions):
        connection.execute(delete(table).where(table.c.issue_id.in_(ids)))
    connection.execute(delete(t.issues).where(t.issues.c.id.in_(ids)))
    revision = bump(connection)
    connection.execute(insert(t.removed_issues), [{"issue_id": issue, "revision": revision} for issue in ids])
    newest = connection.execute(select(func.max(t.removed_issues.c.id))).scalar_one()
    connection.execute(delete(t.removed_issues).where(t.removed_issues.c.id <= newest - REMEMBERED))
    return len(events)


def removed_since(connection: Connection, since: int, through: int | None) -> tuple[int, ...]:
    """The issues that were removed after revision `since`, and up to `through` where that is given."""
    rows = _REMOVED_SINCE.rows(connection, since=since)
    return tuple(issue for issue, revision in rows if through is None or revision <= through)


def is_remembered(connection: Connection, since: int) -> bool:
    """Whether every issue that was removed after revision `since` is still in `removed_since`."""
    first = _FIRST_REMOVED.first(connection)
    return first is None or first[0] == 1 or first[1] <= since


_REMOVED = t.removed_issues.c
_REMOVED_SINCE = Prepared(
    select(_REMOVED.issue_id, _REMOVED.revision).where(_REMOVED.revision > bindparam("since"))
)
_FIRST_REMOVED = Prepared(select(_REMOVED.id, _REMOVED.revision).order_by(_REMOVED.id).limit(1))
_GOING = sqlite.among(t.events.c.id, "ids")
_REPORTS_OF = Prepared(select(t.events.c.report_id).where(_GOING))
_REPORTS_OF_FILES = Prepared(
    select(t.attachments.c.report_id)
    .join(t.events, t.events.c.event_id == t.attachments.c.event_id)
    .where(_GOING, t.events.c.project_id == t.attachments.c.project_id)
)
_INDEXED = Prepared(
    select(*(t.events.c[index.settled.c[0].name] for index in _INDEXES), t.events.c.id).where(_GOING)
)
_INDEX_AGAIN = [
    Prepared(
        insert(index.recent).from_select(
            list(index.recent.c.keys()),
            select(t.events.c[index.settled.c[0].name], t.events.c.id).where(
                _GOING,
                *(
                    ~exists().where(table.c[0] == t.events.c[table.c[0].name], table.c.event == t.events.c.id)
                    for table in (index.settled, index.recent)
                ),
            ),
        )
    )
    for index in _INDEXES
]
_REMOVE_EVENTS = Prepared(delete(t.events).where(_GOING))
_UNUSED = Prepared(
    select(t.reports.c.id).where(
        sqlite.among(t.reports.c.id, "ids"), ~exists().where(t.events.c.report_id == t.reports.c.id)
    )
)
# The reports last: the others refer to them.
_REMOVE_WITH_REPORTS = [
    *(
        Prepared(delete(table).where(sqlite.among(table.c.report_id, "ids")))
        for table in (t.attachments, t.feedback, t.event_changes)
    ),
    Prepared(delete(t.reports).where(sqlite.among(t.reports.c.id, "ids"))),
]
