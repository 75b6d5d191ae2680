"""Which values a key has, each with the number of issues that have it: what the search field offers.

Counted in the newest issues only, and in a bounded number of their rows: a store has no index by value, which
each event would have to write, and what a person searches for is in what came lately.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.counts import recent_counts
from app.store.inbox.indexes.issue_order import IN_ORDER, PLACE
from app.store.inbox.issues import descriptions
from app.store.prepared import Prepared

# Measured at a million events in fifty thousand issues: 15 to 25 ms of CPU.
NEWEST = 500
# To list the tags of an issue means to read all their values.
NEWEST_FOR_NAMES = 200
# One issue may have a million users.
MOST_ROWS = 5_000
LIMIT = 30


class ValueCounts(Struct, frozen=True):
    """Values with their number of issues, the most common first, and whether all issues are counted.

    `hints` say what a value is that does not say it itself.
    """

    values: tuple[tuple[str, int], ...] = ()
    is_all: bool = True
    hints: Mapping[str, str] = {}


def of_tag(connection: Connection, name: str, part: str = "") -> ValueCounts:
    """The values of a tag that contain `part`, whatever its case."""
    issues, is_all = _newest(connection, NEWEST)
    given = sqlite.values_of(issues)
    rows = list(_VALUES.rows(connection, issues=given, name=name, limit=MOST_ROWS))
    if len(rows) == MOST_ROWS:
        is_all = False
        end = part + "\U0010ffff"
        rows += _BEGUN.rows(connection, issues=given, name=name, begin=part, end=end, limit=MOST_ROWS)
    found = {(row[0], row[1]) for row in rows}
    recent = recent_counts.tags(connection, issues)
    found |= {(issue, value) for issue, key, value, _count in recent if key == name}
    return _counted(found, part, is_all=is_all)


def tag_names(connection: Connection, part: str = "") -> ValueCounts:
    """The names of tags that contain `part`."""
    issues, is_all = _newest(connection, NEWEST_FOR_NAMES)
    rows = list(_NAMES.rows(connection, issues=sqlite.values_of(issues), limit=MOST_ROWS))
    found = {(row[0], row[1]) for row in rows}
    found |= {(issue, key) for issue, key, _value, _count in recent_counts.tags(connection, issues)}
    return _counted(found, part, is_all=is_all and len(rows) < MOST_ROWS)


def types(connection: Connection, part: str = "") -> ValueCounts:
    """The types of errors that contain `part`."""
    issues, is_all = _newest(connection, NEWEST)
    rows = _TYPES.rows(connection, issues=sqlite.values_of(issues))
    return _counted(((row[0], row[1]) for row in rows if row[1]), part, is_all=is_all)


def projects(connection: Connection, part: str = "") -> ValueCounts:
    """The projects whose names contain `part`."""
    found = [(row[0], row[1]) for row in _PROJECTS.rows(connection) if part.lower() in row[0].lower()]
    return ValueCounts(tuple(sorted(found, key=_most_common_first)[:LIMIT]))


def runs(connection: Connection, part: str = "") -> ValueCounts:
    """The newest runs whose number or command has `part` in it, each with the number of its events."""
    found = [row for row in _RUNS.rows(connection) if part in str(row[0]) or part.lower() in row[1].lower()]
    return ValueCounts(
        tuple((str(number), errors or 0) for number, _command, errors in found[:LIMIT]),
        hints={str(number): command for number, command, _errors in found[:LIMIT]},
    )


def _newest(connection: Connection, limit: int) -> tuple[list[int], bool]:
    """The newest issues, and whether they are all."""
    issues = [row[0] for row in _NEWEST.rows(connection, limit=limit)]
    return issues, len(issues) < limit


def _counted(found: Iterable[tuple[int, str]], part: str, *, is_all: bool) -> ValueCounts:
    wanted = part.lower()
    counts = Counter(value for _issue, value in found if wanted in value.lower())
    # What begins so is meant before what only contains it.
    common = heapq.nsmallest(
        LIMIT,
        counts.items(),
        key=lambda item: (not item[0].lower().startswith(wanted), *_most_common_first(item)),
    )
    return ValueCounts(tuple(common), is_all)


def _most_common_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


_TAGS = t.issue_tags.c
_OF_ISSUES = sqlite.among(_TAGS.issue_id, "issues")
_OF_TAG = select(_TAGS.issue_id, _TAGS.value).where(_OF_ISSUES, _TAGS.key == bindparam("name"))
_VALUES = Prepared(_OF_TAG.limit(bindparam("limit")))
_BEGUN = Prepared(
    _OF_TAG.where(_TAGS.value >= bindparam("begin"), _TAGS.value < bindparam("end")).limit(bindparam("limit"))
)
_NAMES = Prepared(select(_TAGS.issue_id, _TAGS.key).where(_OF_ISSUES).limit(bindparam("limit")))
_TYPES = Prepared(
    select(t.issues.c.id, descriptions.TYPE)
    .select_from(descriptions.DESCRIBED)
    .where(sqlite.among(t.issues.c.id, "issues"))
)
_NEWEST = Prepared(
    select(t.issues.c.id)
    .join(t.issue_order, IN_ORDER)
    .where(t.issues.c.merged_into.is_(None))
    .order_by(*(column.desc() for column in PLACE))
    .limit(bindparam("limit"))
)
_RUNS = Prepared(select(t.runs.c.id, t.runs.c.command, t.runs.c.errors).order_by(t.runs.c.id.desc()))
_PROJECTS = Prepared(
    select(t.projects.c.shown, func.sum(t.issue_counts.c.count))
    .join(t.issue_counts, t.issue_counts.c.project_id == t.projects.c.id)
    .group_by(t.projects.c.id)
)
