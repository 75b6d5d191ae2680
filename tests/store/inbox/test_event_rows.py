"""Rows of events: which are stored, and what the search finds them by."""

from app.store.inbox import event_rows, events
from app.store.upkeep import integrity
from tests.factories import NOON, Store, make_event


def test_stored_ids_are_found_with_their_project(store: Store) -> None:
    one, other = make_event(), make_event()
    store.file(one)
    store.file(other, project="blog")
    found = store.read(event_rows.stored, [one.event_id, other.event_id, "0" * 32])
    assert found == {(one.event_id, 1), (other.event_id, 2)}
    assert store.read(event_rows.stored, []) == set()


def test_an_added_event_is_listed_and_found_by_its_text_and_tags(store: Store) -> None:
    store.file(make_event())
    event_id = "a" * 32
    with store.database.writing() as connection:
        row = (2, event_id, 1, 1, 1, 1, NOON, "error", "A second event")
        event_rows.add(connection, [row], [(2, "unmistakable words", "region eu")])
    for text in ("unmistakable", "region:eu"):
        (found,) = store.read(events.summaries, text=text)
        assert (found.pk, found.event_id, found.title) == (2, event_id, "A second event")
    assert store.read(events.last) == 2


def test_indexing_alone_adds_no_event(store: Store) -> None:
    store.file(make_event())
    store.write(integrity.empty_search_index)
    store.write(event_rows.index, [(1, "afterwards", "")])
    assert [found.pk for found in store.read(events.summaries, text="afterwards")] == [1]
    assert store.read(events.last) == 1
