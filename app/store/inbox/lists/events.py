"""Events, read for lists and for stepping through an issue. `app.detail` reads one event whole."""

import heapq
from collections.abc import Sequence
from itertools import chain
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, select

from app.model import AttachmentInfo, EventSummary, Feedback, Level, from_micros
from app.secrets_in_text import hide
from app.store import match_tree, search_index, sqlite
from app.store import schema as t
from app.store.inbox.events import printed_errors
from app.store.inbox.indexes import event_ids, events_by_issue
from app.store.inbox.lists.issue_filter import NOT_DELETED
from app.store.inbox.search import search
from app.store.match_tree import Match
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
# Events of such issues, looked at one by one: 50 µs each.
MOST_LOOKED_AT = 5_000
AT_ONCE = 500
_NEWEST_OF_EACH = Prepared(
    select(
        *(
            select(func.max(table.c.event)).where(table.c.issue_id == t.issues.c.id).scalar_subquery()
            for table in events_by_issue.TABLES
        ),
        t.issues.c.id,
    ).where(sqlite.among(t.issues.c.id, "issues"))
)
_LAST = Prepared(select(func.max(t.events.c.id)))
# Whether something is in the trash.
_HIDDEN = Prepared(select(t.issues.c.id).where(t.issues.c.merged_into == t.IN_TRASH).limit(1))
_SUMMARIES = select(*t.events.c, t.projects.c.shown.label("project")).join_from(t.events, t.projects)


def newest(connection: Connection, issue_id: int) -> int | None:
    """The newest event of an issue."""
    return events_by_issue.newest(connection, issue_id)


def has_until(connection: Connection, issue_id: int, pk: int) -> bool:
    """Whether an issue has a stored event that was filed up to `pk`."""
    earlier = events_by_issue.numbers(issue_id).where(events_by_issue.ENTRIES.c.event <= pk).limit(1)
    return connection.execute(earlier).first() is not None


def find(connection: Connection, event_id: str) -> int | None:
    """The newest event with the id that its client was given; dashes and case do not matter.

    Of an error that was printed, and reported otherwise, too, also by the id of the report that made no
    event.
    """
    own_id = event_id.replace("-", "").lower()
    newest = event_ids.newest(connection, own_id)
    return printed_errors.event_of(connection, own_id) if newest is None else newest


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
    found: set[int] = set()
    is_hiding = _HIDDEN.first(connection) is not None
    for alternative in search.parse(text).alternatives:
        condition = alternative.issue
        if is_hiding:
            condition = NOT_DELETED if condition is None else and_(NOT_DELETED, condition)
        found.update(_found(connection, condition, alternative.event, issue_id, limit))
    wanted = _SUMMARIES.where(t.events.c.id.in_(heapq.nlargest(limit, found)))
    return [_summary(row) for row in connection.execute(wanted.order_by(t.events.c.id.desc()))]


def _found(
    connection: Connection,
    condition: ColumnElement[bool] | None,
    match: Match | None,
    issue_id: int | None,
    limit: int,
) -> list[int]:
    """The newest events that match; of the issues with a condition, or of one issue."""
    if issue_id is not None:
        its = t.issues.c.id == issue_id
        if condition is not None and not _issues(connection, and_(its, condition)):
            return []
        if match is None:
            return _newest_of_one(connection, issue_id, limit)
        return heapq.nlargest(limit, _matching(connection, search_index.TextMatcher(match), issue_id))
    if match is None:
        return _of_issues(connection, condition, limit)
    return _by_text(connection, match, condition, limit)


def _by_text(
    connection: Connection, match: Match, condition: ColumnElement[bool] | None, limit: int
) -> list[int]:
    """The newest events that match; of the issues with a condition, if there is one."""
    written = search_index.written_out(connection, match)
    wanted = match_tree.condition(written or match)
    before, width = last(connection) + 1, NEWEST
    of_few: list[tuple[int, int]] | None = None
    found: list[int] = []
    while before > 0 and len(found) < limit:
        first = 0 if written is None else max(0, before - width)
        if condition is None:
            found += search_index.events_found(connection, wanted, first, before, limit - len(found))
        elif of_few is None and first > 0 and before <= last(connection):
            # The newest were not enough: of few issues all events are looked at instead.
            of_few = _issues(connection, condition)
            if sum(count for _issue, count in of_few) <= MOST_LOOKED_AT:
                matcher = search_index.TextMatcher(match)
                its = (_matching(connection, matcher, issue) for issue, _count in of_few)
                return heapq.nlargest(limit, chain.from_iterable(its))
            continue
        else:
            events = search_index.events_found(connection, wanted, first, before)
            found += _of_issues_with(connection, events, condition, limit - len(found))
        before, width = first, width * 2
    return found


def _of_issues_with(
    connection: Connection, events: Sequence[int], condition: ColumnElement[bool], limit: int
) -> list[int]:
    """The first of these events whose issues have the condition."""
    found: list[int] = []
    for start in range(0, len(events), AT_ONCE):
        some = t.events.c.id.in_(events[start : start + AT_ONCE])
        joined = select(t.events.c.id).join_from(t.events, t.issues, t.issues.c.id == t.events.c.issue_id)
        found += sorted(connection.execute(joined.where(some, condition)).scalars(), reverse=True)
        if len(found) >= limit:
            break
    return found[:limit]


def _issues(connection: Connection, condition: ColumnElement[bool]) -> list[tuple[int, int]]:
    """The issues that have a condition, each with the number of its events."""
    rows = connection.execute(select(t.issues.c.id, t.issues.c.count).where(condition))
    return [(row[0], row[1]) for row in rows]


def _of_issues(connection: Connection, condition: ColumnElement[bool] | None, limit: int) -> list[int]:
    """Of the newest events, or else those of the issues that have the condition: they are fewer."""
    events = select(t.events.c.id).order_by(t.events.c.id.desc())
    if condition is None:
        return list(connection.execute(events.limit(limit)).scalars())
    newest = events.where(t.events.c.id > last(connection) - NEWEST)
    of_issues = newest.join(t.issues, t.issues.c.id == t.events.c.issue_id).where(condition).limit(limit)
    found = list(connection.execute(of_issues).scalars())
    if len(found) == limit:
        return found
    return _newest_of(connection, [issue for issue, _count in _issues(connection, condition)], limit)


def _newest_of(connection: Connection, issues: Sequence[int], limit: int) -> list[int]:
    """The newest events of these issues together."""
    last_ones: list[tuple[int, int]] = []
    for start in range(0, len(issues), AT_ONCE):
        rows = _NEWEST_OF_EACH.rows(connection, issues=sqlite.values_of(issues[start : start + AT_ONCE]))
        newest = ((max(settled or 0, recent or 0), issue) for settled, recent, issue in rows)
        last_ones = heapq.nlargest(limit, (*last_ones, *newest))
    found: list[int] = []
    for _last, issue in last_ones:
        found += _newest_of_one(connection, issue, limit)
    return heapq.nlargest(limit, found)


def _newest_of_one(connection: Connection, issue: int, limit: int) -> list[int]:
    newest = events_by_issue.numbers(issue).order_by(events_by_issue.ENTRIES.c.event.desc()).limit(limit)
    return list(connection.execute(newest).scalars())


def _matching(connection: Connection, matcher: search_index.TextMatcher, issue: int) -> list[int]:
    """The events of an issue that match."""
    events = connection.execute(events_by_issue.numbers(issue)).scalars().all()
    found: list[int] = []
    for start in range(0, len(events), AT_ONCE):
        found += matcher.matching(search_index.texts_of(connection, events[start : start + AT_ONCE]))
    return found


def newest_with(connection: Connection, words: Sequence[str], limit: int) -> list[int]:
    """The newest events that have all these words, or words that begin so."""
    match = match_tree.all_of([search_index.beginning(word) for word in words])
    return newest_matching(connection, match, limit)


def newest_matching(connection: Connection, match: Match, limit: int) -> list[int]:
    """The newest events that match."""
    return _by_text(connection, match, None, limit)


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
