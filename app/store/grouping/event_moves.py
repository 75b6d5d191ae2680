"""The table `regrouped_events`: which events a regrouping moves from which issue to which; and the moves."""

from collections.abc import Iterable

from sqlalchemy import func, insert, literal, select, update

from app.store import bulk
from app.store import schema as t
from app.store.database import Connection
from app.store.grouping.corrections import Regrouping, State
from app.store.inbox import event_counts, events_by_issue


def plan(connection: Connection, number: int, moves: Iterable[tuple[int, int, int]]) -> None:
    """Record that regrouping `number` moves these events, given as (event, from issue, to issue)."""
    bulk.add_missing(connection, t.regrouped_events, [(number, *move) for move in moves])


def plan_whole_issues(connection: Connection, number: int, moves: Iterable[tuple[int, int]]) -> None:
    """Record that all events of an issue move to another, given as (from issue, to issue).

    Where regroupings are still moving events, these count for the issue that they are on their way to.
    """
    noted = t.regrouped_events.c
    running = select(t.regroupings.c.id).where(t.regroupings.c.state == State.RUNNING)
    for source, target in moves:
        latest = (
            select(noted.event_id, func.max(noted.regrouping_id).label("regrouping_id"))
            .where(noted.regrouping_id.in_(running))
            .group_by(noted.event_id)
            .subquery()
        )
        own = events_by_issue.numbers(source)
        resting = own.where(events_by_issue.ENTRIES.c.event.not_in(select(latest.c.event_id)))
        coming = (
            select(noted.event_id)
            .join(
                latest,
                (latest.c.event_id == noted.event_id) & (latest.c.regrouping_id == noted.regrouping_id),
            )
            .where(noted.to_issue == source)
        )
        events = resting.union(coming).subquery()
        rows = select(literal(number), events.c.event, literal(source), literal(target))
        connection.execute(insert(t.regrouped_events).from_select(list(t.regrouped_events.c.keys()), rows))


def count(connection: Connection, number: int) -> int:
    """How many events a regrouping moves."""
    query = select(func.count()).where(t.regrouped_events.c.regrouping_id == number)
    return connection.execute(query).scalar_one()


def carry_out(connection: Connection, regrouping: Regrouping, limit: int) -> int:
    """Make the next moves of a regrouping, `limit` at most, or take them back; returns their number."""
    moves = t.regrouped_events.c
    query = (
        select(moves.event_id, moves.from_issue, moves.to_issue)
        .where(moves.regrouping_id == regrouping.id)
        .order_by(moves.event_id)
        .offset(regrouping.done)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    by_target: dict[int, list[int]] = {}
    for event, source, target in rows:
        by_target.setdefault(source if regrouping.state == State.UNDOING else target, []).append(event)
    for target, ids in by_target.items():
        event_counts.move(connection, ids, target)
        connection.execute(update(t.events).where(t.events.c.id.in_(ids)).values(issue_id=target))
    return len(rows)


def move(connection: Connection, event: int, target: int) -> None:
    """Move one event to the issue `target`, without a record of it."""
    event_counts.move(connection, [event], target)
    connection.execute(update(t.events).where(t.events.c.id == event).values(issue_id=target))
