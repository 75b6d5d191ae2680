"""Events, read for lists and for stepping through an issue. `app.detail` reads one event whole."""

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.model import AttachmentInfo, EventSummary, Feedback, Level, from_micros
from app.secrets_in_text import hide
from app.store import schema as t
from app.store.inbox import descriptions, event_ids, events_by_issue, search
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


_LAST = Prepared(select(func.max(t.events.c.id)))
_SUMMARIES = select(*t.events.c, t.projects.c.name.label("project")).join_from(t.events, t.projects)


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
    query = _SUMMARIES.join(descriptions.DESCRIBED, t.issues.c.id == t.events.c.issue_id)
    query = query.where(search.event_condition(text)).order_by(t.events.c.id.desc()).limit(limit)
    if issue_id is not None:
        query = query.where(t.events.c.id.in_(events_by_issue.numbers(issue_id)))
    return [_summary(row) for row in connection.execute(query)]


def last(connection: Connection) -> int:
    """The newest event of all; 0 before the first."""
    return _LAST.value(connection) or 0


def after(connection: Connection, pk: int, *, limit: int) -> list[EventSummary]:
    """The events that were filed after `pk`, the oldest first."""
    query = _SUMMARIES.where(t.events.c.id > pk).order_by(t.events.c.id).limit(limit)
    return [_summary(row) for row in connection.execute(query)]


def attachments(connection: Connection, event: Filed) -> list[AttachmentInfo]:
    """The files of an event, from any report."""
    rows = connection.execute(
        select(*t.attachments.c).where(
            t.attachments.c.event_id == event.event_id, t.attachments.c.project_id == event.project_id
        )
    )
    return [
        AttachmentInfo(filename=row.filename, content_type=row.content_type, size=row.size) for row in rows
    ]


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
