"""Removing events and issues: with what refers to them, and nothing that others still need."""

from app.model import IssueState
from app.store.inbox import events, issues, removal
from app.store.queue import report_queue
from tests.factories import Store, make_event, set_state


def test_the_report_goes_with_its_last_event_and_the_search_finds_nothing(store: Store) -> None:
    store.file(make_event(value="unmistakable"))
    store.file(make_event())
    store.write(removal.remove_events, [1])
    assert store.read(report_queue.get, 1) is None
    assert store.read(report_queue.get, 2) is not None
    assert store.read(events.summaries, text="unmistakable") == []


def test_resolved_issues_go_first_and_the_newest_never(store: Store) -> None:
    for function in "abcd":
        store.file(make_event(function=function))
    store.write(set_state, [2], IssueState.RESOLVED)
    with store.database.reading() as connection:
        ids = list(connection.execute(removal.least_wanted(10)).scalars())
    assert ids == [2, 1, 3]


def test_removed_issues_are_recorded_with_their_revision(store: Store) -> None:
    for function in "abc":
        store.file(make_event(function=function))
    since = store.read(issues.revision)
    assert store.write(removal.remove_issues, [1, 2]) == 2
    assert store.read(removal.removed_since, since, None) == (1, 2)
    assert store.read(removal.removed_since, since, since) == ()
    assert store.read(removal.is_remembered, since)
    assert store.read(issues.get, 1) is None
