"""Rows of events: which are stored, and what the search finds them by."""

from app.store.inbox.events import event_rows
from app.store.inbox.indexes import event_ids
from app.store.inbox.lists import events
from app.store.search_texts import SearchTexts, tag_lines
from app.store.upkeep import integrity
from tests.factories import NOON, Store, make_event


def test_an_added_event_is_listed_and_found_by_its_text_and_tags(store: Store) -> None:
    store.file(make_event())
    event_id = "a" * 32
    with store.database.writing() as connection:
        row = (
            2,
            event_id,
            event_ids.key_of(event_id),
            1,
            1,
            1,
            1,
            NOON,
            "error",
            "A second event",
            None,
            None,
            None,
            None,
            None,
        )
        event_rows.add(
            connection, [row], [(2, *SearchTexts("unmistakable words", tag_lines([("region", "eu")])))]
        )
    for text in ("unmistakable", "tag.region:eu"):
        (found,) = store.read(events.summaries, text=text)
        assert (found.pk, found.event_id, found.title) == (2, event_id, "A second event")
    assert store.read(events.last) == 2


def test_indexing_alone_adds_no_event(store: Store) -> None:
    store.file(make_event())
    store.write(integrity.empty_search_index)
    store.write(event_rows.index, [(1, *SearchTexts("afterwards"))])
    assert [found.pk for found in store.read(events.summaries, text="afterwards")] == [1]
    assert store.read(events.last) == 1
