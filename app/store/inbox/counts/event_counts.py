"""How many events each issue has stored, so that retention never has to count them.

Retention counts new events itself, some thousand at a time (`count_new`), up to event `counted_through`. What
is moved or removed of those is counted in the same transaction. So filing an event costs nothing for it:
counted by the digest, a batch of 500 events would write up to 40 pages more.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, func, select, update

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.inbox.indexes import events_by_issue
from app.store.prepared import Prepared


class StoredCount(Struct, frozen=True):
    """An issue, and how many events it has stored."""

    issue_id: int
    stored: int


def counted_through(connection: Connection) -> int:
    """The newest event that is counted; 0 before the first."""
    return int(_COUNTED_THROUGH.value(connection))


def stored(connection: Connection, issue_ids: Collection[int]) -> int:
    """How many events these issues have stored."""
    given = sqlite.values_of(issue_ids)
    through = counted_through(connection)
    new = sum(query.value(connection, issues=given, through=through) for query in _NEW_OF_ISSUES)
    return int((_STORED.value(connection, issues=given) or 0) + new)


def stored_in_all(connection: Connection) -> int:
    """How many events are stored, without those in the trash."""
    return int(_STORED_IN_ALL.value(connection))


def count_new(connection: Connection, through: int, limit: int) -> list[int]:
    """Count the next new events up to number `through`, at most `limit`; returns their issues."""
    events = t.events.c
    new = events.id > counted_through(connection), events.id <= through
    query = select(events.id, events.issue_id).where(*new)
    rows = connection.execute(query.order_by(events.id).limit(limit)).all()
    if not rows:
        return []
    came = Counter(issue_id for _number, issue_id in rows)
    bulk.count_up(
        connection, t.event_counts, [(issue, count, count) for issue, count in sorted(came.items())]
    )
    connection.execute(update(t.retention_progress).values(counted_through=rows[-1].id))
    return sorted(came)


def move(connection: Connection, numbers: Sequence[int], target: int) -> None:
    """The events with these numbers are about to be moved to the issue `target`."""
    moved = _counted(connection, numbers)
    moved.subtract({target: moved.total()})
    _remove(connection, moved)


def remove_events(connection: Connection, numbers: Sequence[int]) -> None:
    """The events with these numbers are about to be removed."""
    _remove(connection, _counted(connection, numbers))


def forget(connection: Connection, issue_ids: Collection[int]) -> None:
    """These issues are removed."""
    connection.execute(delete(t.event_counts).where(t.event_counts.c.issue_id.in_(issue_ids)))


def crowded(connection: Connection, keep: int, limit: int) -> list[StoredCount]:
    """The issues with more than `keep` stored events, at most `limit`; the one with the most comes first."""
    counts = t.event_counts.c
    query = select(counts.issue_id, counts.stored).where(counts.stored > keep)
    rows = connection.execute(query.order_by(counts.stored.desc()).limit(limit))
    return [StoredCount(issue_id, stored) for issue_id, stored in rows]


def with_new_tags(connection: Connection, issue_ids: Sequence[int], least: int) -> list[int]:
    """Those of these issues that got at least so many events since `tags_trimmed`."""
    rows = _WITH_NEW_TAGS.rows(connection, issues=sqlite.values_of(issue_ids), least=least)
    return [issue for (issue,) in rows]


def tags_trimmed(connection: Connection, issue_id: int) -> None:
    """The tags of this issue have just been trimmed."""
    row = t.event_counts.c.issue_id == issue_id
    connection.execute(update(t.event_counts).where(row).values(since_trimmed=0))


def count_issue_again(connection: Connection, issue_id: int) -> None:
    """Count one issue anew: fewer events of it were found than `stored` says."""
    through = counted_through(connection)
    numbers = connection.scalars(events_by_issue.numbers(issue_id))
    stored = sum(number <= through for number in numbers.all())
    row = t.event_counts.c.issue_id == issue_id
    connection.execute(update(t.event_counts).where(row).values(stored=stored))


def count_again(connection: Connection) -> int:
    """Count all events up to `counted_through` anew; returns how many issues had a wrong number."""
    events, counts = t.events.c, t.event_counts.c
    query = select(events.issue_id, func.count()).where(events.id <= counted_through(connection))
    stored, known = Counter[int](), Counter[int]()
    for issue, number in connection.execute(query.group_by(events.issue_id)):
        stored[issue] = number
    for issue, number in connection.execute(select(counts.issue_id, counts.stored)):
        known[issue] = number
    wrong = {issue for issue in stored.keys() | known.keys() if stored[issue] != known[issue]}
    forget(connection, wrong)
    right = [(issue, stored[issue], 0) for issue in sorted(wrong & stored.keys())]
    bulk.add(connection, t.event_counts, right)
    return len(wrong)


def _counted(connection: Connection, numbers: Sequence[int]) -> Counter[int]:
    """How many of these events are counted, by issue."""
    through = counted_through(connection)
    issue_of = events_by_issue.issues_of(connection, numbers)
    return Counter(issue for number, issue in issue_of.items() if number <= through)


def _remove(connection: Connection, gone: Counter[int]) -> None:
    rows = [(issue, -count, 0) for issue, count in sorted(gone.items())]
    bulk.count_up(connection, t.event_counts, rows)


_OF_ISSUES = sqlite.among(t.event_counts.c.issue_id, "issues")
_STORED = Prepared(select(func.sum(t.event_counts.c.stored)).where(_OF_ISSUES))
_WITH_NEW_TAGS = Prepared(
    select(t.event_counts.c.issue_id).where(_OF_ISSUES, t.event_counts.c.since_trimmed >= bindparam("least"))
)
_NEW_OF_ISSUES = [
    Prepared(
        select(func.count()).where(
            sqlite.among(table.c.issue_id, "issues"), table.c.event > bindparam("through")
        )
    )
    for table in events_by_issue.TABLES
]
_STORED_IN_ALL = Prepared(select(t.state.c.events - t.state.c.deleted_events))
_COUNTED_THROUGH = Prepared(select(t.retention_progress.c.counted_through))
