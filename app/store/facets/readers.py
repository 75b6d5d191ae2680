"""Reads what a facet index holds, of some issues at a time: values of tags, levels, projects, hours.

What the latest batches counted and is not settled yet (`inbox/counts/recent_counts`) is among it.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, bindparam, func, select

from app.store import schema as t
from app.store import sqlite
from app.store.inbox.counts import recent_counts
from app.store.inbox.issues import descriptions
from app.store.prepared import Prepared

LEVEL, PROJECT = "level", "project"
# Values that are no tags: each issue has one.
OWN = (LEVEL, PROJECT)

# A value with issues that have it, and an hour with a count and issues that have it then. Of an hour and an
# issue there may be several counts, which add up.
Having = tuple[str, Collection[int]]
Counted = tuple[int, int, Collection[int]]

_decode = msgspec.json.Decoder(list[int]).decode


class Read(Struct, frozen=True):
    """By facet its values, each perhaps several times; and counts by the hour."""

    values: Mapping[str, list[Having]]
    hours: list[Counted]


def read(
    connection: Connection, issues: Collection[int], facets: Collection[str], since_hour: int | None
) -> Read:
    """These facets of these issues, and unless `since_hour` is None their counts from that hour on."""
    given = sqlite.values_of(issues)
    values: dict[str, list[Having]] = {facet: [] for facet in facets}
    for facet, having in values.items():
        # SQLite gathers the issues of a value: to fetch each pair takes three times as long, and holds the
        # interpreter, which the window's own thread waits for.
        found = _OF_ISSUE[facet].rows if facet in OWN else partial(_TAGS.rows, key=facet)
        having.extend((row[0], _decode(row[1])) for row in found(connection, issues=given))
    if any(facet not in OWN for facet in facets):
        for facet, recent in _recent_values(connection, issues, facets).items():
            values[facet].extend(recent.items())
    hours = [] if since_hour is None else _hours(connection, issues, given, since_hour)
    return Read(values, hours)


def projects(connection: Connection) -> tuple[tuple[int, str, bool], ...]:
    """All projects as people see them: what changes these changes no issue."""
    return tuple((row[0], row[1], bool(row[2])) for row in _PROJECTS.rows(connection))


def issues_from(connection: Connection, first: int, limit: int) -> Sequence[int]:
    """The next issues by their numbers, merged ones too."""
    return [row[0] for row in _FROM.rows(connection, first=first, limit=limit)]


def stamps(connection: Connection, issues: Collection[int]) -> dict[int, int]:
    """By issue a number that is another once its events are others, whatever else of it has changed."""
    return {row[0]: hash(tuple(row[1:])) for row in _STAMPS.rows(connection, issues=sqlite.values_of(issues))}


def _recent_values(
    connection: Connection, issues: Collection[int], facets: Collection[str]
) -> dict[str, dict[str, set[int]]]:
    found: dict[str, dict[str, set[int]]] = {facet: {} for facet in facets if facet not in OWN}
    for issue, key, value, _count in recent_counts.tags(connection, issues):
        if (having := found.get(key)) is not None:
            having.setdefault(value, set()).add(issue)
    return found


def _hours(connection: Connection, issues: Collection[int], given: str, since: int) -> list[Counted]:
    rows = _HOURS.rows(connection, issues=given, since=since)
    found: list[Counted] = [(hour, count, _decode(having)) for hour, count, having in rows]
    recent: dict[tuple[int, int], list[int]] = {}
    for (issue, hour), count in recent_counts.hours(connection, issues).items():
        if hour >= since:
            recent.setdefault((hour, count), []).append(issue)
    return [*found, *((hour, count, having) for (hour, count), having in recent.items())]


_OF_ISSUE = {
    LEVEL: Prepared(
        select(descriptions.LEVEL, func.json_group_array(t.issues.c.id))
        .select_from(descriptions.DESCRIBED)
        .where(sqlite.among(t.issues.c.id, "issues"))
        .group_by(descriptions.LEVEL)
    ),
    PROJECT: Prepared(
        select(t.projects.c.shown, func.json_group_array(t.issues.c.id))
        .join_from(t.issues, t.projects, t.projects.c.id == t.issues.c.project_id)
        .where(sqlite.among(t.issues.c.id, "issues"))
        .group_by(t.projects.c.shown)
    ),
}
_TAGS = Prepared(
    select(t.issue_tags.c.value, func.json_group_array(t.issue_tags.c.issue_id))
    .where(sqlite.among(t.issue_tags.c.issue_id, "issues"), t.issue_tags.c.key == bindparam("key"))
    .group_by(t.issue_tags.c.value)
)
_HOURS = Prepared(
    select(t.issue_hours.c.hour, t.issue_hours.c.count, func.json_group_array(t.issue_hours.c.issue_id))
    .where(sqlite.among(t.issue_hours.c.issue_id, "issues"), t.issue_hours.c.hour >= bindparam("since"))
    .group_by(t.issue_hours.c.hour, t.issue_hours.c.count)
)
_PROJECTS = Prepared(
    select(t.projects.c.id, t.projects.c.shown, t.projects.c.hidden).order_by(t.projects.c.id)
)
_STAMPS = Prepared(
    select(
        t.issues.c.id,
        t.issues.c.count,
        t.issues.c.users,
        t.issues.c.newest_counts,
        t.issues.c.latest,
        t.issues.c.first_seen,
        t.issues.c.last_seen,
    ).where(sqlite.among(t.issues.c.id, "issues"))
)
_FROM = Prepared(
    select(t.issues.c.id)
    .where(t.issues.c.id >= bindparam("first"))
    .order_by(t.issues.c.id)
    .limit(bindparam("limit"))
)
