"""Events, read one by one and in lists."""

from app.store.inbox import events
from tests.factories import Store, make_event


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


def test_lists_go_forwards_from_an_event_and_backwards_from_the_newest(store: Store) -> None:
    for _ in range(4):
        store.file(make_event())
    assert [each.pk for each in store.read(events.after, 1, limit=2)] == [2, 3]
    assert [each.pk for each in store.read(events.summaries, limit=2)] == [4, 3]
    assert store.read(events.newest, 1) == store.read(events.last) == 4
