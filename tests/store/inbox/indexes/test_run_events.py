"""Which issues are of a run, by the stretch of events that came meanwhile."""

import pytest
from msgspec.structs import replace

from app.store.inbox.indexes import run_events
from app.store.inbox.indexes.run_events import RunCount
from app.store.inbox.lists import issues
from app.store.inbox.lists.issue_search import IssueSearch
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.places import project_acts, runs
from tests.factories import NOON, Store, append, make_event, make_report
from tests.query_plans import steps_of
from tests.runs_of_commands import make_run


def found(store: Store, text: str) -> list[int]:
    search = IssueSearch(IssueFilter(View.EVERYTHING, text=text))
    while not search.is_complete:
        store.read(search.look_further, 500)
    return sorted(search.found_ids)


def settle(store: Store) -> None:
    store.write(runs.record_settled, store.read(runs.settled))


@pytest.fixture
def filled(store: Store) -> Store:
    """Issue 1 came before, between and in both runs; 2 in the first, 3 in the second, 4 in another app."""
    store.file(make_event(function="a"))
    first = store.write(runs.begin, make_run())
    store.file(make_event(function="a"), make_event(function="b"))
    store.write(runs.end, first, NOON, exit_code=1)
    settle(store)
    store.file(make_event(function="a"))
    second = store.write(runs.begin, make_run())
    store.file(make_event(function="a"), make_event(function="cancel"))
    store.file(make_event(function="d"), project="billing")
    assert (first, second) == (1, 2)
    return store


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("run:1", [1, 2]),
        ("run:#1", [1, 2]),
        ("run:2", [1, 3]),
        ("run:last", [1, 3]),
        ("run:current", [1, 3]),
        ("run:1 -run:2", [2]),
        ("run:1 or run:2", [1, 2, 3]),
        ("run:2 function:cancel", [3]),
        ("newinrun:2", [3]),
        ("newinrun:last", [3]),
        ("newinrun:1", [1, 2]),
        ("run:3", []),
        ("run:nonsense", []),
        ("run:>1", []),
        ("run:", [1, 2, 3, 4]),
    ],
)
def test_issues_are_found_by_the_run_in_which_they_came(text: str, numbers: list[int], filled: Store) -> None:
    assert found(filled, text) == numbers


def test_what_comes_after_the_end_is_not_of_the_run(filled: Store) -> None:
    filled.write(runs.end, 2, NOON, signal="SIGSEGV")
    filled.file(make_event(function="e"))
    assert found(filled, "run:2") == [1, 3], "though its last event is not known yet"
    settle(filled)
    assert found(filled, "run:2") == [1, 3]
    assert found(filled, "run:current") == []


def test_what_waited_when_it_began_is_not_of_the_run(store: Store) -> None:
    append(store.database, make_report(1))
    store.write(runs.begin, make_run())
    store.write(lambda connection: connection.exec_driver_sql("DELETE FROM reports"))
    store.file(make_event(function="waited"))
    store.file(make_event(function="came"))
    assert found(store, "run:1") == [2]
    assert store.read(run_events.count_on, 1, RunCount()) == RunCount(2, 1)


def test_a_project_is_known_by_either_of_its_names(filled: Store) -> None:
    filled.write(project_acts.rename, 1, "The shop")
    assert found(filled, "run:1") == [1, 2]
    filled.write(runs.begin, make_run(project="The shop"))
    filled.file(make_event(function="b"))
    assert found(filled, "run:3") == [2]


def test_events_are_counted_on_from_where_they_were_counted_to(filled: Store) -> None:
    begun = filled.read(run_events.count_on, 2, RunCount(), 2)
    assert begun == RunCount(6, 2)
    whole = filled.read(run_events.count_on, 2, begun)
    assert whole == RunCount(7, 2)
    assert filled.read(run_events.count_on, 2, whole) == whole
    many = replace(whole, errors=run_events.MOST_COUNTED + 1)
    assert filled.read(run_events.count_on, 2, many) == many


@pytest.mark.parametrize("text", ["run:1", "newinrun:last", "run:current"])
def test_no_event_is_looked_at_but_those_of_the_stretch(text: str, filled: Store) -> None:
    listed = IssueFilter(View.EVERYTHING, text=text)
    with filled.database.reading() as connection:
        steps = steps_of(connection, lambda: issues.page(connection, listed))
    assert any("issue_id=?" in step and "event>?" in step for step in steps), steps
