"""Events found by the ids that their clients gave them."""

import pytest

from app.store.inbox.events import removal
from app.store.inbox.indexes import event_ids
from tests.factories import Store, make_event


def test_stored_ids_are_found_with_their_project(store: Store) -> None:
    one, other = make_event(), make_event()
    store.file(one)
    store.file(other, project="blog")
    found = store.read(event_ids.stored, [one.event_id, other.event_id, "0" * 32])
    assert found == {(one.event_id, 1), (other.event_id, 2)}
    assert store.read(event_ids.stored, []) == set()


def test_the_newest_of_several_projects_is_found(store: Store) -> None:
    event = make_event()
    store.file(event)
    store.file(event, project="blog")
    assert store.read(event_ids.newest, event.event_id) == 2
    assert store.read(event_ids.newest, "0" * 32) is None


def test_a_removed_event_is_not_found_and_may_come_again(store: Store) -> None:
    event = make_event()
    store.file(event)
    store.file(make_event())
    store.write(removal.remove_events, [1])
    assert store.read(event_ids.newest, event.event_id) is None
    store.file(event)
    assert store.read(event_ids.newest, event.event_id) == 3


@pytest.mark.parametrize("event_id", ["", "a" * 32, "Fehler Nr. 7 \N{SNOWMAN}", "\ud800"])
def test_every_id_has_a_key(event_id: str) -> None:
    assert 0 <= event_ids.key_of(event_id) < event_ids.KEYS
    assert event_ids.key_of(event_id) == event_ids.key_of(event_id)


def test_events_whose_keys_are_the_same_are_told_apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_ids, "key_of", lambda _event_id: 7)
    one, other = make_event(), make_event()
    store.file(one)
    store.file(other)
    assert store.read(event_ids.newest, one.event_id) == 1
    assert store.read(event_ids.stored, [other.event_id, "0" * 32]) == {(other.event_id, 1)}
