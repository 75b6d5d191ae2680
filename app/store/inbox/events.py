"""Events, read for lists and for stepping through an issue. `app.detail` reads one event whole."""

import heapq
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, func, select

from app.model import AttachmentInfo, EventSummary, Feedback, Level, from_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store import search_index
from app.store.inbox import descriptions, event_ids, events_by_issue, search
from app.store.inbox.issue_filter import NOT_DELETED
from app.store.prepared import Prepared


class EventPlace(Struct, frozen=True, kw_only=True):
    """The place of an event among its issue's stored events, in order of arrival; `position` is from 1."""

    position: int
    total: int
    first: int
    previous: int | None
    next: int | None
    last: int


class Filed(Struct, frozen=True, kw_only=True):
    """Where an event was filed: its issue, and its place in the report that brought it."""

    pk: int
    event_id: str
    issue_id: int
    project_id: int
    report_id: int
    ordinal: int


# Before anything else, so many of the newest events are looked through: often they are enough.
NEWEST = 2_000
# And so many of the newest that match, where they have to be of certain issues.
NEWEST_FOUND = 500
# Events of such issues, looked at one by one: 50 µs each.
MOST_LOOKED_AT = 5_000
AT_ONCE = 500
_LAST = Prepared(select(func.max(t.events.c.id)))
_SUMMARIES = select(*t.events.c, t.projects.c.shown.label("project")).join_from(t.events, t.projects)


def newest(connection: Connection, issue_id: int) -> int | None:
    """The newest event of an issue."""
    return events_by_issue.newest(connection, issue_id)


def find(connection: Connection, event_id: str) -> int | None:
    """The newest event with the id that its client was given; dashes and case do not matter."""
    return event_ids.newest(connection, event_id.replace("-", "").lower())


def filed(connection: Connection, pk: int) -> Filed | None:
    """Where the event was filed, or None when retention has removed it."""
    row = connection.execute(select(*t.events.c).where(t.events.c.id == pk)).one_or_none()
    if row is None:
        return None
    return Filed(
        pk=row.id,
        event_id=row.event_id,
        issue_id=row.issue_id,
        project_id=row.project_id,
        report_id=row.report_id,
        ordinal=row.ordinal,
    )


def place(connection: Connection, issue_id: int, pk: int) -> EventPlace:
    """The place of event `pk` in its issue, and its neighbours."""
    numbers = events_by_issue.numbers(issue_id).subquery().c.event
    before, after = numbers < pk, numbers > pk
    row = connection.execute(
        select(
            func.count().label("total"),
            func.count().filter(before).label("earlier"),
            func.min(numbers).label("first"),
            func.max(numbers).filter(before).label("previous"),
            func.min(numbers).filter(after).label("next"),
            func.max(numbers).label("last"),
        )
    ).one()
    return EventPlace(
        position=row.earlier + 1,
        total=row.total,
        first=row.first,
        previous=row.previous,
        next=row.next,
        last=row.last,
    )


def summaries(
    connection: Connection, *, issue_id: int | None = None, text: str = "", limit: int = 100
) -> list[EventSummary]:
    """Events, the newest first."""
    query = search.parse(text)
    wanted = _SUMMARIES.join(descriptions.DESCRIBED, t.issues.c.id == t.events.c.issue_id)
    wanted = (
        wanted.where(search.event_condition(query), NOT_DELETED).order_by(t.events.c.id.desc()).limit(limit)
    )
    if query.words or query.tags:
        matcher = search_index.TextMatcher(query.words, query.tags)
        if issue_id is None:
            return _by_text(connection, wanted, query, matcher, limit)
        wanted = wanted.where(t.events.c.id.in_(_matching(connection, matcher, issue_id)))
    elif issue_id is not None:
        wanted = wanted.where(t.events.c.id.in_(events_by_issue.numbers(issue_id)))
    elif query.fields:
        return _by_fields(connection, wanted, query, limit)
    return [_summary(row) for row in connection.execute(wanted)]


def _by_text(
    connection: Connection,
    wanted: Select[Any],
    query: search.Query,
    matcher: search_index.TextMatcher,
    limit: int,
) -> list[EventSummary]:
    """Of the newest events that match, or else of issues that have these fields if they have few events."""
    expression = search_index.written_out(connection, matcher) or matcher.query
    found = search_index.found_newest_first(expression, last(connection) + 1).subquery()
    # In the order of the index, which is then read no further than to the limit.
    in_order = wanted.join(found, found.c.rowid == t.events.c.id).order_by(None)
    in_order = in_order.order_by(found.c.rowid.desc())
    if query.fields:
        newest = list(connection.execute(select(found.c.rowid).limit(NEWEST_FOUND)).scalars())
        rows = connection.execute(wanted.where(t.events.c.id.in_(newest))).all()
        if len(rows) == limit or len(newest) < NEWEST_FOUND:
            return [_summary(row) for row in rows]
        # Each event has a level of its own.
        has_others = any(name != "level" for name, _value in query.fields)
        issues = _with_fields(connection, query) if has_others else []
        if has_others and sum(count for _issue, count in issues) <= MOST_LOOKED_AT:
            events = [event for issue, _count in issues for event in _matching(connection, matcher, issue)]
            in_order = wanted.where(t.events.c.id.in_(events))
    return [_summary(row) for row in connection.execute(in_order)]


def _with_fields(connection: Connection, query: search.Query) -> list[tuple[int, int]]:
    """The issues that have a search's fields, each with the number of its events.

    But for the level, which each event has for itself.
    """
    condition = search.issue_condition(
        search.Query(fields=tuple(field for field in query.fields if field[0] != "level"))
    )
    columns = t.issues.c
    described = select(columns.id, columns.count).select_from(descriptions.DESCRIBED).where(condition)
    return [(row[0], row[1]) for row in connection.execute(described)]


def _by_fields(
    connection: Connection, wanted: Select[Any], query: search.Query, limit: int
) -> list[EventSummary]:
    """Of the newest events, or else those of the issues that have these fields: they are fewer."""
    newest = t.events.c.id > last(connection) - NEWEST
    rows = connection.execute(wanted.where(newest)).all()
    # Each event has a level of its own.
    if len(rows) < limit and all(name != "level" for name, _value in query.fields):
        issues = [issue for issue, _count in _with_fields(connection, query)]
        events = _newest_of(connection, issues, limit)
        rows = connection.execute(wanted.where(t.events.c.id.in_(events))).all()
    elif len(rows) < limit:
        rows = connection.execute(wanted).all()
    return [_summary(row) for row in rows]


def _newest_of(connection: Connection, issues: Sequence[int], limit: int) -> list[int]:
    """The newest events of these issues together."""
    entries = events_by_issue.ENTRIES.c
    last_ones: list[tuple[int, int]] = []
    for start in range(0, len(issues), AT_ONCE):
        some = entries.issue_id.in_(issues[start : start + AT_ONCE])
        newest = select(func.max(entries.event), entries.issue_id).where(some).group_by(entries.issue_id)
        rows = connection.execute(newest)
        last_ones = heapq.nlargest(limit, (*last_ones, *((row[0], row[1]) for row in rows)))
    found: list[int] = []
    for _last, issue in last_ones:
        of_issue = events_by_issue.numbers(issue).order_by(entries.event.desc()).limit(limit)
        found += connection.execute(of_issue).scalars()
    return heapq.nlargest(limit, found)


def _matching(connection: Connection, matcher: search_index.TextMatcher, issue: int) -> list[int]:
    """The events of an issue that match."""
    events = connection.execute(events_by_issue.numbers(issue)).scalars().all()
    found: list[int] = []
    for start in range(0, len(events), AT_ONCE):
        found += matcher.matching(search_index.texts_of(connection, events[start : start + AT_ONCE]))
    return found


def newest_with(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    """The newest events that have all these words, or words that begin so."""
    matcher = search_index.TextMatcher(words, ())
    expression = search_index.written_out(connection, matcher) or matcher.query
    found = search_index.found_newest_first(expression, last(connection) + 1).subquery()
    return list(connection.execute(select(found.c.rowid).limit(limit)).scalars())


def last(connection: Connection) -> int:
    """The newest event of all; 0 before the first."""
    return _LAST.value(connection) or 0


def after(connection: Connection, pk: int, *, limit: int) -> list[EventSummary]:
    """The events that were filed after `pk`, the oldest first."""
    query = _SUMMARIES.where(t.events.c.id > pk).order_by(t.events.c.id).limit(limit)
    return [_summary(row) for row in connection.execute(query)]


def attachments(connection: Connection, event: Filed) -> list[AttachmentInfo]:
    """The files of an event, from any report, in the order in which they came."""
    return [
        AttachmentInfo(filename=row.filename, content_type=row.content_type, size=row.size)
        for row in _files(connection, event)
    ]


def place_of_attachment(connection: Connection, event: Filed, number: int) -> tuple[int, int] | None:
    """The report that brought a file of `attachments`, and its place among the files of that report."""
    rows = _files(connection, event)
    return (rows[number].report_id, rows[number].ordinal) if number < len(rows) else None


def _files(connection: Connection, event: Filed) -> list[Any]:
    rows: Any = connection.execute(
        select(*t.attachments.c).where(
            t.attachments.c.event_id == event.event_id, t.attachments.c.project_id == event.project_id
        )
    )
    return sorted(rows, key=lambda row: (row.report_id, row.ordinal))


def feedback(connection: Connection, event: Filed) -> list[Feedback]:
    """What users wrote about an event."""
    rows = connection.execute(
        select(*t.feedback.c).where(
            t.feedback.c.event_id == event.event_id, t.feedback.c.project_id == event.project_id
        )
    )
    return [Feedback(name=row.name, email=row.email, comments=row.comments) for row in rows]


def _summary(row: Any) -> EventSummary:
    return EventSummary(
        pk=row.id,
        event_id=row.event_id,
        issue_id=row.issue_id,
        project=row.project,
        timestamp=from_micros(row.timestamp),
        level=Level(row.level),
        title=hide(row.title),
    )
