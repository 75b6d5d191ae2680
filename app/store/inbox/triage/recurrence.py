"""When an issue's events came, what came before it, and when its transaction was seen elsewhere."""

from msgspec import Struct
from sqlalchemy import Connection, func, select

from app.happenings import Kind
from app.store import match_tree, search_index
from app.store import schema as t
from app.store.inbox.indexes import event_ids, events_by_issue
from app.store.inbox.triage import history

ARRIVALS = 60
_SEEN_ELSEWHERE = 20


class Recurrence(Struct, frozen=True, kw_only=True):
    """Times of arrival in microseconds: of the issue's last events, and of others of its transaction."""

    arrivals: tuple[int, ...]
    elsewhere: tuple[int, ...]


class Onset(Struct, frozen=True, kw_only=True):
    """When an issue began, or came back, and what was before that. Times in microseconds.

    `quiet_since` is its last event before it came back. `release` is the one that its project sent last
    before the issue's first event, other than the event's own, and `release_seen` when it was first seen.
    """

    at: int
    quiet_since: int | None = None
    release: str | None = None
    release_seen: int | None = None


def read(connection: Connection, issue_id: int, transaction: str | None) -> Recurrence:
    """When the issue's last events came, and the last events of other issues with this transaction."""
    newest = events_by_issue.numbers(issue_id).order_by(events_by_issue.ENTRIES.c.event.desc())
    numbers = list(connection.execute(newest.limit(ARRIVALS)).scalars())
    elsewhere: tuple[int, ...] = ()
    if transaction:
        same_tag = match_tree.condition(search_index.tag("transaction", transaction))
        last = connection.execute(select(func.max(t.events.c.id))).scalar() or 0
        same = search_index.events_found(connection, same_tag, 0, last + 1, _SEEN_ELSEWHERE)
        elsewhere = _came_at(
            connection, [number for number in same if number not in numbers], not_of=issue_id
        )
    return Recurrence(arrivals=_came_at(connection, numbers), elsewhere=elsewhere)


def onset(connection: Connection, issue_id: int, release: str | None) -> Onset | None:
    """When the issue began, or came back last; `release` is that of the event that is looked at."""
    issue = connection.execute(
        select(t.issues.c.first_seen, t.issues.c.project_id).where(t.issues.c.id == issue_id)
    ).one_or_none()
    if issue is None:
        return None
    back = next(
        (line for line in history.timeline(connection, issue_id) if line.kind == Kind.REGRESSED), None
    )
    if back is not None and back.event_id is not None:
        number = event_ids.newest(connection, back.event_id)
        numbers = events_by_issue.numbers(issue_id).subquery().c.event
        before = connection.execute(select(func.max(numbers)).where(numbers < (number or 0))).scalar()
        came = _came_at(connection, [each for each in (number, before) if each is not None])
        if len(came) == 2:
            return Onset(at=max(came), quiet_since=min(came))
    columns = t.releases.c
    earlier = select(columns.name, columns.first_seen).where(
        columns.project_id == issue.project_id, columns.first_seen < issue.first_seen
    )
    if release is not None:
        earlier = earlier.where(columns.name != release)
    newest = connection.execute(
        earlier.order_by(columns.first_seen.desc(), columns.name.desc()).limit(1)
    ).first()
    if newest is None:
        return Onset(at=issue.first_seen)
    return Onset(at=issue.first_seen, release=newest.name, release_seen=newest.first_seen)


def _came_at(connection: Connection, numbers: list[int], not_of: int | None = None) -> tuple[int, ...]:
    came = (
        select(t.reports.c.received_at)
        .join_from(t.events, t.reports, t.events.c.report_id == t.reports.c.id)
        .where(t.events.c.id.in_(numbers))
    )
    if not_of is not None:
        came = came.where(t.events.c.issue_id != not_of)
    return tuple(connection.execute(came).scalars())
