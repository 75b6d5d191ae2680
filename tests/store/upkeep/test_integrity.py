"""Whether the file is whole, and indexes built again."""

from app.store.inbox.events import event_rows
from app.store.inbox.lists import events
from app.store.search_texts import SearchTexts
from app.store.sqlite import PAGE_BYTES
from app.store.upkeep import integrity
from tests.factories import Store, make_event


def test_a_whole_file_has_no_damage(store: Store) -> None:
    store.file(make_event())
    with store.database.maintaining() as connection:
        assert integrity.find_damage(connection, lambda: False) is None


def test_damage_is_found(store: Store) -> None:
    for _ in range(50):
        store.file(make_event())
    with store.database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        root = "SELECT rootpage FROM sqlite_schema WHERE name = 'reports'"
        page = connection.exec_driver_sql(root).scalar()
    content = bytearray(store.database.file.read_bytes())
    assert page is not None
    content[(page - 1) * PAGE_BYTES : page * PAGE_BYTES] = b"\xff" * PAGE_BYTES
    store.database.close()
    store.database.file.write_bytes(content)
    with store.database.maintaining() as connection:
        assert integrity.find_damage(connection, lambda: False)


def test_indexes_that_agree_have_no_faults(store: Store) -> None:
    store.file(make_event())
    assert store.write(integrity.build_indexes_again) == []


def test_an_emptied_search_index_finds_nothing_until_it_is_filled(store: Store) -> None:
    store.file(make_event(value="unmistakable"))
    store.write(integrity.empty_search_index)
    assert store.read(events.summaries, text="unmistakable") == []
    store.write(event_rows.index, [(1, *SearchTexts("unmistakable"))])
    store.write(integrity.rebuild_search_index)
    assert [event.pk for event in store.read(events.summaries, text="unmistakable")] == [1]
