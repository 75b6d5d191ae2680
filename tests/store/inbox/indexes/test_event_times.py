"""Which issues had events within a time, against a look at every event."""

import random

from sqlalchemy import select

from app.query.values import Within
from app.store import schema as t
from app.store.inbox.indexes import event_times, events_by_issue
from app.store.inbox.indexes.event_times import MINUTE
from tests.factories import NOON, Store, make_event

BEGIN = NOON // MINUTE * MINUTE


def found(store: Store, first: int | None, last: int | None) -> set[int]:
    query = select(t.issues.c.id).where(event_times.within(Within(first, last)))
    return set(store.read(lambda connection: connection.execute(query).scalars().all()))


def test_issues_are_found_by_the_minutes_of_their_events(store: Store) -> None:
    dice = random.Random(7)
    arrived: list[tuple[int, int]] = []
    at = BEGIN
    for number in range(40):
        at += dice.choice((1, MINUTE, 5 * MINUTE))
        name = dice.randrange(5)
        store.file(make_event(function=f"f{name}"), at=at)
        arrived.append((at // MINUTE, name))
        if number == 20:
            store.write(events_by_issue.settle, 0, 100_000)
    names = list(dict.fromkeys(name for _minute, name in arrived))
    for _turn in range(60):
        first, last = sorted(BEGIN // MINUTE + dice.randrange(-5, 150) for _end in range(2))
        expected = {names.index(name) + 1 for minute, name in arrived if first <= minute <= last}
        assert found(store, first * MINUTE, last * MINUTE + MINUTE - 1) == expected
    assert found(store, None, None) == set(range(1, 6))
    assert found(store, BEGIN - 1, None) == set(range(1, 6))
    assert found(store, None, BEGIN - 1) == set()


def test_an_event_that_is_filed_late_hides_no_other(store: Store) -> None:
    store.file(make_event(function="a"), at=BEGIN)
    store.file(make_event(function="b"), at=BEGIN + 5 * MINUTE)
    store.file(make_event(function="late"), at=BEGIN + 2 * MINUTE)
    assert found(store, BEGIN + MINUTE, BEGIN + 9 * MINUTE) == {2, 3}


def test_minutes_of_a_clock_that_was_ahead_are_forgotten(store: Store) -> None:
    store.file(make_event(function="a"), at=BEGIN + 10_000 * MINUTE)
    for minutes in (0, 1, 2):
        store.file(make_event(function="b"), at=BEGIN + minutes * MINUTE)
    assert found(store, BEGIN + MINUTE, BEGIN + 2 * MINUTE - 1) == {2}
