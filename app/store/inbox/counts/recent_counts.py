"""What the latest batches added to the counters of issues, before it is added to the counter tables.

A batch of events of many issues would change a page of each counter table for nearly every event. So it
appends one row an issue here instead, on few pages side by side; `upkeep/settle_counts` adds tens of
thousands of rows at once to the tables, in the order of the issues. An issue's counters are what the tables
have and what its recent rows add: what changes the tables settles the issue first, and what reads them
adds the rest.

`issues.newest_counts` is the issue's newest recent row, and `previous` the one before. Such a chain is short:
before it has more than `LONGEST_CHAIN` rows, the issue is settled. A row that settling has passed
(`state.settled_through` and `settled_issue`) counts no longer; it is removed later.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, delete, func, or_, select

from app.store import bulk, sqlite
from app.store import schema as t
from app.store.prepared import Prepared

LONGEST_CHAIN = 16
# Issues that come with each batch would otherwise all be settled with the same one.
STAGGER = 8
# The row before an issue's first one, and the newest of an issue without any.
NONE = 0
_AT_ONCE = 1_000


class BatchCounts(Struct, frozen=True):
    """What a batch adds to an issue.

    `tags` are (key, value, count), `hours` are (hour since 1970, count).
    """

    issue_id: int
    tags: Sequence[tuple[str, str, int]]
    hours: Sequence[tuple[int, int]]
    users: Collection[str]


_encode = msgspec.json.Encoder().encode
_decode_tags = msgspec.json.Decoder(list[tuple[str, str, int]]).decode
_decode_hours = msgspec.json.Decoder(list[tuple[int, int]]).decode
_decode_users = msgspec.json.Decoder(list[str]).decode


def append(connection: Connection, batch: Sequence[BatchCounts]) -> dict[int, int]:
    """Count a batch, each issue once. Returns what the caller writes into `newest_counts` of each issue.

    The caller writes the issues anyway: writing them here, too, would write their pages twice.
    """
    chains = _chains(connection, [counts.issue_id for counts in batch])
    long = [issue for issue, (_newest, rows) in chains.items() if rows >= LONGEST_CHAIN - issue % STAGGER]
    settle(connection, long)
    for issue in long:
        del chains[issue]
    rows, newest = [], {}
    for number, counts in enumerate(batch, _last_number(connection) + 1):
        previous, before = chains.get(counts.issue_id, (NONE, 0))
        contents = [_encode(sorted(part)) for part in (counts.hours, counts.users, counts.tags)]
        rows.append((number, counts.issue_id, previous, before + 1, *contents))
        newest[counts.issue_id] = number
    bulk.add(connection, t.recent_counts, rows)
    return newest


def tags(connection: Connection, issue_ids: Collection[int]) -> Iterator[tuple[int, str, str, int]]:
    """What is to be added to these issues' counts by tag: (issue, key, value, count), in no order."""
    for issue, stored in _contents(connection, "tags", issue_ids):
        for key, value, count in _decode_tags(stored):
            yield issue, key, value, count


def values(connection: Connection, issue_ids: Collection[int], key: str) -> Iterator[tuple[int, str]]:
    """The values of one tag in the same: (issue, value), some several times."""
    for issue, stored in _contents(connection, "tags", issue_ids):
        for name, value, _count in _decode_tags(stored):
            if name == key:
                yield issue, value


def hours(connection: Connection, issue_ids: Collection[int]) -> Counter[tuple[int, int]]:
    """What is to be added to these issues' counts by hour: counts by (issue, hour)."""
    found = Counter[tuple[int, int]]()
    for issue, stored in _contents(connection, "hours", issue_ids):
        for hour, count in _decode_hours(stored):
            found[issue, hour] += count
    return found


def users(connection: Connection, issue_ids: Collection[int]) -> set[tuple[int, str]]:
    """What is to be added to these issues' users: (issue, user); some may be counted already."""
    return {
        (issue, user)
        for issue, stored in _contents(connection, "users", issue_ids)
        for user in _decode_users(stored)
    }


def settle(connection: Connection, issue_ids: Collection[int]) -> None:
    """Add what is recent of these issues to the counter tables."""
    if numbers := _numbers(connection, issue_ids):
        settle_rows(connection, numbers)
        _remove(connection, numbers)


def settle_all(connection: Connection) -> None:
    """The same for all issues, whatever that takes: on a store that no other process uses."""
    rows = t.recent_counts
    numbers = list(
        connection.scalars(select(rows.c.number).where(is_unsettled(rows)).order_by(rows.c.number))
    )
    for start in range(0, len(numbers), _AT_ONCE):
        settle_rows(connection, numbers[start : start + _AT_ONCE])
    connection.execute(delete(rows))


def settle_rows(connection: Connection, numbers: Collection[int]) -> None:
    """Add these rows to the counter tables. The caller says in the same transaction that they are settled."""
    by_issue: dict[int, list[tuple[bytes, bytes, bytes]]] = {}
    for issue, *stored in _ROWS.rows(connection, numbers=sqlite.values_of(numbers)):
        by_issue.setdefault(issue, []).append((stored[0], stored[1], stored[2]))
    tags: list[tuple[int, str, str, int]] = []
    hours: list[tuple[int, int, int]] = []
    users: list[tuple[int, str]] = []
    # In the order of the tables: each of their pages is changed once.
    for issue in sorted(by_issue):
        counted_hours, met, counted_tags = _sum(by_issue[issue])
        tags += [(issue, key, value, count) for key, value, count in counted_tags]
        hours += [(issue, hour, count) for hour, count in counted_hours]
        users += [(issue, user) for user in met]
    bulk.count_up(connection, t.issue_tags, tags)
    bulk.count_up(connection, t.issue_hours, hours)
    bulk.add_missing(connection, t.issue_users, users)


def forget(connection: Connection, issue_ids: Collection[int]) -> None:
    """Remove what is recent of issues that are removed."""
    _remove(connection, _numbers(connection, issue_ids))


def is_unsettled(rows: FromClause) -> ColumnElement[bool]:
    """Whether a row of `rows`, which is `recent_counts` or an alias of it, still counts."""
    through = select(t.state.c.settled_through).scalar_subquery()
    # NULL when all are settled: the comparison is then never true.
    issue = select(t.state.c.settled_issue).scalar_subquery()
    return or_(rows.c.number > through, rows.c.issue_id > issue)


def _chains(connection: Connection, issue_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The newest recent row of those issues that have any, and how many they have."""
    found = _CHAINS.rows(connection, issues=sqlite.values_of(issue_ids))
    return {issue: (number, length) for issue, number, length in found}


def _numbers(connection: Connection, issue_ids: Collection[int]) -> list[int]:
    return [number for _issue, number in _contents(connection, "number", issue_ids)]


def _contents(connection: Connection, column: str, issue_ids: Collection[int]) -> list[tuple[int, Any]]:
    """One column of all recent rows of these issues, each with its issue: from the newest to the oldest."""
    if not issue_ids:
        return []
    found = _CONTENTS[column].rows(connection, issues=sqlite.values_of(issue_ids))
    return [(issue, content) for issue, content in found]


def _sum(
    stored: Sequence[tuple[bytes, bytes, bytes]],
) -> tuple[Sequence[tuple[int, int]], Sequence[str], Sequence[tuple[str, str, int]]]:
    """What rows of one issue (hours, users, tags) add together, in order. Nearly always, there is one."""
    if len(stored) == 1:
        ((hours, users, tags),) = stored
        return _decode_hours(hours), _decode_users(users), _decode_tags(tags)
    hour_counts, met, tag_counts = Counter[int](), set[str](), Counter[tuple[str, str]]()
    for hours, users, tags in stored:
        for hour, count in _decode_hours(hours):
            hour_counts[hour] += count
        met.update(_decode_users(users))
        for key, value, count in _decode_tags(tags):
            tag_counts[key, value] += count
    in_order = [(*pair, count) for pair, count in sorted(tag_counts.items())]
    return sorted(hour_counts.items()), sorted(met), in_order


def _is_newest(rows: Table) -> ColumnElement[bool]:
    # Of an issue that was settled, the number may be another issue's by now.
    return and_(rows.c.number == t.issues.c.newest_counts, rows.c.issue_id == t.issues.c.id)


def _last_number(connection: Connection) -> int:
    """The newest number that was given, whether its row is still there or not."""
    return max(_NEWEST.value(connection) or NONE, _SETTLED.value(connection) or NONE)


def _remove(connection: Connection, numbers: Collection[int]) -> None:
    if numbers:
        connection.execute(delete(t.recent_counts).where(t.recent_counts.c.number.in_(numbers)))


def _contents_of(column: str) -> Prepared:
    rows, older = t.recent_counts, t.recent_counts.alias()
    chain = (
        select(rows.c.issue_id, rows.c.previous, rows.c[column].label("content"))
        .join_from(t.issues, rows, _is_newest(rows))
        .where(sqlite.among(t.issues.c.id, "issues"), is_unsettled(rows))
        .cte(recursive=True)
    )
    chain = chain.union_all(
        select(older.c.issue_id, older.c.previous, older.c[column])
        .join_from(chain, older, older.c.number == chain.c.previous)
        .where(older.c.issue_id == chain.c.issue_id, is_unsettled(older))
    )
    return Prepared(select(chain.c.issue_id, chain.c.content))


_CONTENTS = {column: _contents_of(column) for column in ("number", "tags", "hours", "users")}
_CHAINS = Prepared(
    select(t.recent_counts.c.issue_id, t.recent_counts.c.number, t.recent_counts.c.chain)
    .join_from(t.issues, t.recent_counts, _is_newest(t.recent_counts))
    .where(sqlite.among(t.issues.c.id, "issues"), is_unsettled(t.recent_counts))
)
_ROWS = Prepared(
    select(
        t.recent_counts.c.issue_id, t.recent_counts.c.hours, t.recent_counts.c.users, t.recent_counts.c.tags
    ).where(sqlite.among(t.recent_counts.c.number, "numbers"))
)
_NEWEST = Prepared(select(func.max(t.recent_counts.c.number)))
_SETTLED = Prepared(select(t.state.c.settled_through))
