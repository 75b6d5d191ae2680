"""Events, read one by one and in lists."""

import pytest

from app.store.inbox.lists import events
from tests.factories import NOON, SECOND, Store, make_event


def test_an_event_has_its_place_among_those_of_its_issue(store: Store) -> None:
    store.file(make_event(function="a"), make_event(function="b"), make_event(function="a"))
    store.file(make_event(function="a"))
    place = store.read(events.place, 1, 3)
    assert (place.position, place.total) == (2, 3)
    assert (place.first, place.previous, place.next, place.last) == (1, 1, 4, 4)


def test_an_event_is_found_by_its_id_in_any_spelling(store: Store) -> None:
    event = make_event(event_id="0123456789abcdef0123456789abcdef")
    store.file(event)
    assert store.read(events.find, "01234567-89AB-CDEF-0123-456789ABCDEF") == 1
    assert store.read(events.find, "f" * 32) is None


def test_whether_an_issue_has_an_event_up_to_a_number(store: Store) -> None:
    store.file(make_event(function="a"), make_event(function="b"))
    assert store.read(events.has_until, 2, 2)
    assert not store.read(events.has_until, 2, 1)


def test_lists_go_forwards_from_an_event_and_backwards_from_the_newest(store: Store) -> None:
    for _ in range(4):
        store.file(make_event())
    assert [each.pk for each in store.read(events.after, 1, limit=2)] == [2, 3]
    assert [each.pk for each in store.read(events.summaries, limit=2)] == [4, 3]
    assert store.read(events.newest, 1) == store.read(events.last) == 4


@pytest.mark.parametrize("most", [0, 1_000])
def test_words_and_fields_are_found_in_whichever_order_the_work_is_done(
    most: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "NEWEST", 2)
    monkeypatch.setattr(events, "MOST_LOOKED_AT", most)
    for n in range(12):
        kind = ("KeyError", "TypeError", "ValueError")[n % 3]
        word = ("zebra", "lion")[n % 2]
        store.file(make_event(kind, word, function=f"f{n % 6}"), at=NOON + n * SECOND)
    found = store.read(events.summaries, text="zebra type:KeyError", limit=5)
    assert [event.pk for event in found] == [7, 1]
    assert store.read(events.summaries, text="zebra type:Nothing", limit=5) == []
    assert len(store.read(events.summaries, text="zebra level:error", limit=5)) == 5
    found = store.read(events.summaries, text="zebra times:2 is:open", limit=4)
    assert [event.pk for event in found] == [11, 9, 7, 5]
    found = store.read(events.summaries, text="is:resolved or lion is:unread", limit=2)
    assert [event.pk for event in found] == [12, 10]
