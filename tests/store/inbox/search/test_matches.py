"""Matches found from the newest event on, a step at a time, and kept up to date."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from app.store import match_tree, search_index
from app.store.inbox.events.removal import remove_events
from app.store.inbox.search import matches, search
from app.store.inbox.search.matches import Matches
from tests.factories import Store, make_event


def searching(words: str) -> Matches:
    (alternative,) = search.parse(words).alternatives
    assert alternative.event is not None
    return Matches(alternative.event)


def all_found(store: Store, found: Matches) -> list[list[int]]:
    """What each step finds, until all events have been looked at."""
    steps = []
    while not found.is_complete:
        steps.append(sorted(store.read(found.look_further, 500)))
    return steps


def fill(store: Store, number: int) -> None:
    """Issues 1 to `number`; every other one has the word `even`, the first has `zebra`."""
    for n in range(1, number + 1):
        value = f"card{n} {'even' if n % 2 == 0 else 'odd'} {'zebra' if n == 1 else ''}"
        store.file(make_event(value=value, function=f"f{n}", environment="production"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("even", [2, 4, 6, 8, 10]),
        ("ev card", [2, 4, 6, 8, 10]),
        ("zebra", [1]),
        ("zeb odd", [1]),
        ("zebra even", []),
        ("giraffe", []),
        ("environment:production even", [2, 4, 6, 8, 10]),
        ("environment:staging", []),
        ("card1", [1, 10]),
        ('"card1 odd"', [1]),
    ],
)
@pytest.mark.parametrize("spellings", [64, 1, 0])
def test_every_match_is_found_in_some_step(
    words: str, expected: list[int], spellings: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 2)
    monkeypatch.setattr(matches, "SAMPLE", 2)
    monkeypatch.setattr(search_index, "MOST_SPELLINGS", spellings)
    fill(store, 10)
    found = searching(words)
    steps = all_found(store, found)
    assert sorted(issue for step in steps for issue in step) == expected
    assert all(issue in found for issue in expected)


def test_the_newest_are_found_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 3)
    fill(store, 10)
    found = searching("even")
    assert sorted(store.read(found.look_further, 1)) == [8, 10]
    assert not found.is_complete


def test_a_step_of_a_common_word_reads_none_of_the_older_events(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FIRST_WIDTH", 3)
    fill(store, 10)
    store.write(lambda connection: connection.execute(text("DELETE FROM event_search WHERE rowid < 7")))
    found = searching("card")
    assert sorted(store.read(found.look_further, 1)) == [8, 9, 10]


def test_new_events_are_matched_alone(store: Store) -> None:
    fill(store, 4)
    found = searching("even environment:production")
    all_found(store, found)
    store.file(make_event(value="even", function="new", environment="production"))
    store.file(make_event(value="even", function="other", environment="staging"))
    store.file(make_event(value="even", function="f1", environment="production"))
    assert store.read(found.look_at_new)
    assert [issue for issue in range(1, 8) if issue in found] == [1, 2, 4, 5]


def test_too_many_new_events_are_not_matched(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matches, "MOST_NEW", 2)
    found = searching("even")
    all_found(store, found)
    fill(store, 3)
    assert not store.read(found.look_at_new)


def test_an_issue_whose_matching_events_were_removed_is_looked_at_again(store: Store) -> None:
    for value in ("zebra", "zebra", "lion"):
        store.file(make_event(value=value, function="same"))
    store.file(make_event(value="zebra", function="other"))
    found = searching("zebra")
    all_found(store, found)
    store.write(remove_events, [2])
    store.read(found.look_again, [1, 2])
    assert 1 in found, "an older event of it matches"
    store.write(remove_events, [1])
    store.read(found.look_again, [1, 2])
    assert 1 not in found
    assert 2 in found


def plan(connection: Connection, statement: str, values: dict[str, object]) -> str:
    driver: Any = connection.connection.dbapi_connection
    rows = driver.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    return " | ".join(str(row[3]) for row in rows)


def test_nothing_is_sorted_and_the_index_leads(store: Store) -> None:
    condition = match_tree.condition(search_index.beginning("card"))
    statement = search_index.issues_found_by(condition)
    steps = store.read(plan, statement, condition.values | {"first": 1, "before": 100})
    assert "TEMP B-TREE" not in steps
    assert steps.index("SCAN event_search VIRTUAL TABLE") < steps.index(
        "SEARCH events USING INTEGER PRIMARY KEY"
    )
