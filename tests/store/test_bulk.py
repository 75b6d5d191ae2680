"""Many rows in one statement."""

from app.store import bulk
from app.store import schema as t
from app.store.inbox import projects
from tests.factories import NOON, Store


def counts(store: Store) -> list[tuple[object, ...]]:
    with store.database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT kind, count FROM item_counts")]


def test_rows_are_added_once_and_counted_up(store: Store) -> None:
    store.write(projects.numbers, {"shop"}, NOON)
    store.write(bulk.add, t.item_counts, [(1, "session", 2)])
    store.write(bulk.add_missing, t.item_counts, [(1, "session", 9), (1, "transaction", 1)])
    store.write(bulk.count_up, t.item_counts, [(1, "session", 3), (1, "check_in", 4)])
    assert sorted(counts(store)) == [("check_in", 4), ("session", 5), ("transaction", 1)]
    store.write(bulk.remove, t.item_counts, [(1, "session"), (1, "check_in"), (1, "never")])
    assert counts(store) == [("transaction", 1)]


def test_no_rows_are_no_statement(store: Store) -> None:
    for write in (bulk.add, bulk.add_missing, bulk.count_up, bulk.remove):
        store.write(write, t.item_counts, [])
    assert counts(store) == []
