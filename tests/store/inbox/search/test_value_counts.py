"""What the search field offers: values with their number of issues, of what came lately."""

import pytest

from app.store.inbox.counts import recent_counts
from app.store.inbox.indexes.run_events import SettledRun
from app.store.inbox.search import value_counts
from app.store.inbox.search.value_counts import ValueCounts
from app.store.places import runs
from tests.factories import Store, make_event
from tests.runs_of_commands import make_run


@pytest.fixture
def filed(store: Store) -> Store:
    """Three issues in two projects with tags."""
    store.file(make_event(function="one", tags={"environment": "dev", "customer": "Ada"}))
    store.file(make_event(function="one", tags={"environment": "staging", "customer": "Ada"}))
    store.file(make_event(function="two", tags={"environment": "dev", "customer": "Bob, said Ada"}))
    store.file(make_event(function="three", tags={"environment": "dev"}), project="api")
    return store


def test_values_of_a_tag_are_counted_by_issues(filed: Store) -> None:
    found = filed.read(value_counts.of_tag, "environment")
    assert found == ValueCounts((("dev", 3), ("staging", 1)), is_all=True)
    assert filed.read(value_counts.of_tag, "nothing").values == ()


def test_what_begins_so_comes_first(filed: Store) -> None:
    assert filed.read(value_counts.of_tag, "customer", "ada").values == (("Ada", 1), ("Bob, said Ada", 1))
    assert filed.read(value_counts.of_tag, "customer", "b").values == (("Bob, said Ada", 1),)


def test_names_of_tags(filed: Store) -> None:
    names = dict(filed.read(value_counts.tag_names).values)
    assert names["environment"] == 3
    assert names["customer"] == 2
    assert [name for name, _count in filed.read(value_counts.tag_names, "cust").values] == ["customer"]


def test_types(filed: Store) -> None:
    filed.file(make_event("ValueError", function="fourth"))
    assert filed.read(value_counts.types).values == (("KeyError", 3), ("ValueError", 1))
    assert filed.read(value_counts.types, "val").values == (("ValueError", 1),)


def test_projects(filed: Store) -> None:
    assert filed.read(value_counts.projects).values == (("shop", 2), ("api", 1))
    assert filed.read(value_counts.projects, "AP").values == (("api", 1),)


def test_of_many_values_those_that_begin_so_are_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes before them in the index."""
    monkeypatch.setattr(value_counts, "MOST_ROWS", 5)
    for number in range(10):
        store.file(make_event(tags={"customer": f"c{number}"}))
    store.write(recent_counts.settle_all)
    found = store.read(value_counts.of_tag, "customer", "c9")
    assert found == ValueCounts((("c9", 1),), is_all=False)


def test_runs_are_known_by_their_numbers_and_commands(store: Store) -> None:
    for command in ("make", "pytest -q", "npm test"):
        store.write(runs.begin, make_run(command))
    store.write(runs.record_settled, [(1, SettledRun(0, 7))])
    found = store.read(value_counts.runs)
    assert found.values == (("3", 0), ("2", 0), ("1", 7))
    assert found.hints["2"] == "pytest -q"
    assert [value for value, _count in store.read(value_counts.runs, "PY").values] == ["2"]
