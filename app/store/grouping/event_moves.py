"""The table `regrouped_events`: which events a regrouping moves from which issue to which; and the moves."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select, update

from app.store import bulk
from app.store import schema as t
from app.store.database import Connection
from app.store.grouping import issue_events
from app.store.grouping.corrections import Regrouping, State
from app.store.inbox.counts import event_counts
from app.store.prepared import Prepared


def plan(connection: Connection, number: int, moves: Iterable[tuple[int, int, int]]) -> None:
    """Record that regrouping `number` moves these events, given as (event, from issue, to issue)."""
    bulk.add_missing(connection, t.regrouped_events, [(number, *move) for move in moves])


def plan_whole_issues(connection: Connection, number: int, moves: Iterable[tuple[int, int]]) -> None:
    """Record that all events of an issue move to another, given as (from issue, to issue).

    Where regroupings are still moving events, these count for the issue that they are on their way to.
    """
    leaving: dict[int, int] = {}
    running = select(t.regroupings.c.id).where(t.regroupings.c.state == State.RUNNING)
    for other in connection.scalars(running.order_by(t.regroupings.c.id)):
        if other != number:
            leaving.update(_TARGETS.rows(connection, number=other))
    for source, target in moves:
        events = {event for event in issue_events.of_issue(connection, source) if event not in leaving}
        events.update(event for event, on_its_way_to in leaving.items() if on_its_way_to == source)
        plan(connection, number, [(event, source, target) for event in sorted(events)])


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


_TARGETS = Prepared(
    select(t.regrouped_events.c.event_id, t.regrouped_events.c.to_issue).where(
        t.regrouped_events.c.regrouping_id == bindparam("number")
    )
)
