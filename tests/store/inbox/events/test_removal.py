"""Removing events and issues: with what refers to them, and nothing that others still need."""

from app.store.inbox.events import removal
from app.store.inbox.indexes import events_by_issue
from app.store.inbox.lists import events, issues
from app.store.queue import report_queue
from tests.factories import Store, make_event


def test_the_report_goes_with_its_last_event_and_the_search_finds_nothing(store: Store) -> None:
    store.file(make_event(value="unmistakable"))
    store.file(make_event())
    store.write(removal.remove_events, [1])
    assert store.read(report_queue.get, 1) is None
    assert store.read(report_queue.get, 2) is not None
    assert store.read(events.summaries, text="unmistakable") == []


def test_entries_that_were_removed_before_their_events_come_back_when_the_events_stay(store: Store) -> None:
    for number in range(4):
        store.file(make_event(value=str(number)))
    ids = [2, 3]
    store.write(events_by_issue.INDEX.settle, 10, 0, 512)
    with store.database.writing() as connection:
        for index, entries in removal.index_entries(connection, ids):
            removal.unindex(connection, index, entries)
    with store.database.writing() as connection:
        assert sorted(connection.scalars(events_by_issue.numbers(1))) == [1, 4]
        removal.index_again(connection, ids)
        removal.index_again(connection, ids)
        assert sorted(connection.scalars(events_by_issue.numbers(1))) == [1, 2, 3, 4]


def test_removed_issues_are_recorded_with_their_revision(store: Store) -> None:
    for function in "abc":
        store.file(make_event(function=function))
    since = store.read(issues.revision)
    assert store.write(removal.remove_issues, [1, 2]) == 2
    assert store.read(removal.removed_since, since, None) == (1, 2)
    assert store.read(removal.removed_since, since, since) == ()
    assert store.read(removal.is_remembered, since)
    assert store.read(issues.get, 1) is None
