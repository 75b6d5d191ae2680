"""Many rows in one statement."""

import pytest

from app.store import bulk
from app.store import schema as t
from app.store.inbox.issues import projects
from tests.factories import NOON, Store
from tests.query_plans import steps_of


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


def test_rows_that_are_there_are_changed_by_expressions(store: Store) -> None:
    store.write(projects.numbers, {"shop"}, NOON)
    changes = {"count": "item_counts.count * 10 + excluded.count"}
    for count in (1, 2, 3):
        store.write(bulk.merge, t.item_counts, [(1, "session", count)], changes)
    assert counts(store) == [("session", 123)]


def test_keys_are_found_pair_by_pair(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "KEYS_AT_ONCE", 2)
    store.write(projects.numbers, {"shop", "blog"}, NOON)
    store.write(bulk.add, t.item_counts, [(1, "session", 2), (2, "a\0b", 1), (2, "check_in", 1)])
    asked = [(1, "session"), (1, "check_in"), (2, "session"), (2, "a\0b"), (2, "check_in")]
    assert store.read(bulk.known, t.item_counts, asked) == [(1, "session"), (2, "a\0b"), (2, "check_in")]
    assert store.read(bulk.known, t.item_counts, []) == []
    with store.database.reading() as connection:
        plan = steps_of(connection, lambda: bulk.known(connection, t.item_counts, asked[:2]))
    assert "SEARCH item_counts USING PRIMARY KEY (project_id=? AND kind=?)" in plan


def test_no_rows_are_no_statement(store: Store) -> None:
    for write in (bulk.add, bulk.add_missing, bulk.count_up, bulk.remove):
        store.write(write, t.item_counts, [])
    store.write(bulk.merge, t.item_counts, [], {"count": "0"})
    assert counts(store) == []
