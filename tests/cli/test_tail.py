"""Following a store: each new event once, in order, beginning with the next one."""

from app.cli import tail
from app.cli.tail import Tail
from tests.factories import Store, make_event


def test_each_event_is_returned_once_beginning_with_the_next(store: Store) -> None:
    store.file(make_event(value="before"))
    follower = Tail(store.database)
    assert list(follower.new()) == []
    store.file(make_event(value="first"))
    store.file(make_event(value="second"))
    assert [event.title for event in follower.new()] == ["KeyError: first", "KeyError: second"]
    assert list(follower.new()) == []


def test_more_events_than_are_read_at_once_come_in_order(store: Store) -> None:
    follower = Tail(store.database)
    number = tail.AT_ONCE + 5
    store.file(*(make_event(value=str(n)) for n in range(number)))
    assert [event.title for event in follower.new()] == [f"KeyError: {n}" for n in range(number)]
