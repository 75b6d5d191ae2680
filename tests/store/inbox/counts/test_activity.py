"""When an issue happened, in bars over its own span."""

import pytest

from app.store.inbox.counts import activity, recent_counts
from app.store.inbox.counts.activity import Activity
from app.store.inbox.counts.rates import HOUR
from tests.factories import NOON, Store, make_event

LAST = NOON // HOUR


def filed(store: Store, *hours_ago: int) -> None:
    for hours in hours_ago:
        store.file(make_event(), at=NOON - hours * HOUR)


def of_first(store: Store, offset: int = 0) -> Activity:
    with store.database.reading() as connection:
        found = activity.of_issue(connection, 1, offset=offset)
    assert found is not None
    return found


def test_a_day_is_shown_by_the_hour(store: Store) -> None:
    filed(store, 5, 5, 0)
    found = of_first(store)
    assert (found.begin, found.step, len(found.counts)) == (LAST - 23, 1, 24)
    assert {n: count for n, count in enumerate(found.counts) if count} == {18: 2, 23: 1}


@pytest.mark.parametrize("settled", [False, True])
def test_settled_and_recent_counts_are_added(store: Store, settled: bool) -> None:
    filed(store, 30, 0)
    if settled:
        with store.database.writing() as connection:
            recent_counts.settle(connection, [1])
        filed(store, 30, 0)
    assert sum(of_first(store).counts) == (4 if settled else 2)


@pytest.mark.parametrize("offset", [-11, 0, 5, 13])
def test_days_are_those_of_the_clock(store: Store, offset: int) -> None:
    filed(store, 20 * 24, 20 * 24 - 1, 0)
    found = of_first(store, offset)
    assert found.step == 24
    assert (found.begin + offset) % 24 == 0
    assert found.begin + 24 * (len(found.counts) - 1) <= LAST < found.begin + 24 * len(found.counts)
    assert sum(found.counts) == 3
    assert found.counts[0] > 0


@pytest.mark.parametrize("offset", [-11, 0, 13])
def test_months_are_shown_by_weeks_from_mondays(store: Store, offset: int) -> None:
    filed(store, 200 * 24, 100 * 24, 0)
    found = of_first(store, offset)
    assert found.step == 168
    assert (found.begin + offset - 4 * 24) % 168 == 0
    assert sum(found.counts) == 3


def test_of_years_the_last_weeks_are_shown(store: Store) -> None:
    filed(store, 3 * 365 * 24, 24, 0)
    found = of_first(store)
    assert len(found.counts) == activity.MOST_BARS
    assert sum(found.counts) == 2


def test_an_issue_that_is_not_there_has_none(store: Store) -> None:
    with store.database.reading() as connection:
        assert activity.of_issue(connection, 99) is None
