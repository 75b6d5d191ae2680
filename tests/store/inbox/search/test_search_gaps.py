"""Which events are yet to be read as a whole for the search."""

import pytest

from app.store.inbox.search import search_gaps
from app.store.inbox.search.search_gaps import Gap
from tests.factories import Store, make_event


def gaps(store: Store) -> list[tuple[int, ...]]:
    query = "SELECT first, last FROM search_gaps ORDER BY first"
    return store.read(lambda connection: [tuple(row) for row in connection.exec_driver_sql(query)])


def fill(store: Store, number: int) -> None:
    """File so many events."""
    store.file(*(make_event(value=str(each)) for each in range(number)))


def test_in_an_empty_store_there_is_nothing_to_fill(store: Store) -> None:
    assert store.read(search_gaps.next_due) is None
    assert store.read(search_gaps.find) is None


def test_the_newest_are_filled_first_and_what_comes_meanwhile_before_the_rest(store: Store) -> None:
    fill(store, 10)
    assert store.read(search_gaps.next_due) == 0
    gap = store.read(search_gaps.find)
    assert gap == Gap(1, 10)
    assert [each.event for each in store.read(search_gaps.unfilled, gap, 3)] == [10, 9, 8]
    store.write(search_gaps.fill, gap, [], 8)
    assert gaps(store) == [(1, 7)]
    fill(store, 2)
    assert store.read(search_gaps.find) == Gap(11, 12)
    fill(store, 1)
    store.write(search_gaps.fill, Gap(11, 12), [], 11)
    assert gaps(store) == [(1, 7), (13, 13)]
    for _ in range(2):
        gap = store.read(search_gaps.find)
        assert gap is not None
        store.write(search_gaps.fill, gap, [], gap.first)
    assert store.read(search_gaps.next_due) is None
    assert store.read(search_gaps.filled_since, 1) == [Gap(11, 12), Gap(13, 13), Gap(1, 7)]


def test_a_stretch_that_others_have_filled_meanwhile_stays_filled(store: Store) -> None:
    fill(store, 10)
    store.write(search_gaps.fill, Gap(1, 10), [], 5)
    store.write(search_gaps.fill, Gap(1, 10), [], 8)
    assert gaps(store) == [(1, 4)]


def test_stretches_do_not_become_many(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_gaps, "MOST_GAPS", 2)
    for _ in range(4):
        fill(store, 3)
        gap = store.read(search_gaps.find)
        assert gap is not None
        store.write(search_gaps.fill, gap, [], gap.last)
    assert gaps(store) == [(1, 8), (10, 11)]


def test_what_is_too_long_ago_is_not_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_gaps, "REMEMBERED", 2)
    fill(store, 5)
    for number in (5, 4, 3):
        store.write(search_gaps.fill, Gap(1, number), [], number)
    assert store.read(search_gaps.filled_since, 0) is None
    assert store.read(search_gaps.filled_since, 1) == [Gap(4, 4), Gap(3, 3)]
    store.write(search_gaps.begin_anew)
    assert store.read(search_gaps.find) == Gap(1, 5)


def test_an_event_that_has_changed_is_filled_again(store: Store) -> None:
    fill(store, 3)
    gap = store.read(search_gaps.find)
    assert gap is not None
    store.write(search_gaps.note_again, 2)
    assert gaps(store) == [(1, 3)]
    store.write(search_gaps.fill, gap, [], 1)
    assert gaps(store) == []
    store.write(search_gaps.note_again, 2)
    assert gaps(store) == [(2, 2)]
    assert store.read(search_gaps.find) == Gap(2, 2)
