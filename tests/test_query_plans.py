import pytest

from app.store.inbox.issues import projects
from app.store.upkeep import repair
from tests.factories import NOON, Store
from tests.query_plans import PLANS, plan_of

SORTED = "USE TEMP B-TREE FOR ORDER BY"


@pytest.mark.parametrize(
    ("statement", "costs"),
    [
        ("SELECT count(*) FROM issues WHERE state = 'open'", ["SCAN issues"]),
        ("SELECT * FROM events AS events_1 WHERE title = 'x'", ["SCAN events_1"]),
        (
            "SELECT id FROM events WHERE report_id > 1 ORDER BY title LIMIT 1",
            ["USE TEMP B-TREE FOR ORDER BY"],
        ),
        ("SELECT rowid FROM event_search", ["SCAN event_search VIRTUAL TABLE INDEX 0:"]),
        ("SELECT rowid FROM event_search WHERE event_search MATCH 'x'", []),
        ("SELECT id FROM events ORDER BY id DESC LIMIT 10", []),
        ("SELECT * FROM issues WHERE id = 1", []),
        ("SELECT * FROM projects ORDER BY created_at", []),
    ],
)
def test_what_costs_more_in_a_larger_store(store: Store, statement: str, costs: list[str]) -> None:
    with store.database.reading() as connection:
        assert list(plan_of(connection, statement, ()).growing_costs) == costs


def test_a_function_of_the_store_that_scans_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PLANS, "_expected", {})
    monkeypatch.setattr(PLANS, "_seen", set())
    store.write(projects.numbers, {"shop"}, NOON)
    assert not [each for each in PLANS.take() if "projects" in each.splitlines()[0]]
    store.write(repair.count_all)
    assert any(each.startswith("app.store.upkeep.repair:count_all") for each in PLANS.take())


def test_a_statement_of_a_test_may_scan(store: Store) -> None:
    with store.database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM events").all()
    assert PLANS.take() == []
