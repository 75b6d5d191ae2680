"""Events are followed in order of arrival, each once."""

from app.cli import tail
from app.cli.tail import Tail
from tests.factories import Store, make_event


def titles(follower: Tail) -> list[str]:
    return [event.title for event in follower.new()]


def test_only_what_is_filed_after_the_beginning_is_returned(store: Store) -> None:
    store.file(make_event(value="before"))
    follower = Tail(store.database)
    assert titles(follower) == []
    store.file(make_event(value="first"), make_event(value="second"))
    assert titles(follower) == ["KeyError: first", "KeyError: second"]
    assert titles(follower) == []
    store.file(make_event(value="third"))
    assert titles(follower) == ["KeyError: third"]


def test_more_than_is_read_at_once_is_returned_whole(store: Store) -> None:
    follower = Tail(store.database)
    number = 2 * tail.AT_ONCE + 1
    store.file(*(make_event(value=str(each)) for each in range(number)))
    assert titles(follower) == [f"KeyError: {each}" for each in range(number)]


def test_an_empty_store_is_followed_from_its_first_event(store: Store) -> None:
    follower = Tail(store.database)
    store.file(make_event(value="first"))
    assert titles(follower) == ["KeyError: first"]
