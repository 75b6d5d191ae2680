"""Events by the minute, read once and then followed."""

import pytest
from pyroaring import BitMap

from app.store.facets import recent_events
from app.store.facets.recent_events import MINUTE, RecentEvents
from app.store.inbox.events import removal
from tests.factories import NOON, SECOND, Store, make_event


def number(recent: RecentEvents) -> int:
    return sum(recent.counts.sum(slot, BitMap([1])) for slot in recent.counts.slots())


def test_older_events_are_left_out_and_leave_in_time(store: Store) -> None:
    for minutes in (361, 359, 3):
        store.file(make_event(), at=NOON - minutes * MINUTE)
    recent = RecentEvents()
    store.read(recent.follow, NOON)
    assert number(recent) == 2
    store.read(recent.follow, NOON + 5 * MINUTE)
    assert number(recent) == 1


def test_they_are_read_in_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_events, "STEP", 2)
    store.file(*(make_event() for _ in range(3)))
    recent = RecentEvents()
    store.read(recent.follow, NOON)
    assert (number(recent), recent.is_complete) == (2, False)
    store.read(recent.follow, NOON)
    assert (number(recent), recent.is_complete) == (3, True)


def test_of_a_flood_the_newest_are_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent_events, "MOST_EVENTS", 2)
    store.file(*(make_event() for _ in range(5)))
    recent = RecentEvents()
    store.read(recent.follow, NOON)
    assert number(recent) == 2


def test_what_was_removed_is_gone_a_minute_later(store: Store) -> None:
    store.file(make_event(), make_event())
    recent = RecentEvents()
    store.read(recent.follow, NOON)
    store.write(removal.remove_events, [1])
    store.read(recent.follow, NOON + SECOND)
    assert number(recent) == 2
    store.read(recent.follow, NOON + MINUTE)
    assert number(recent) == 1
