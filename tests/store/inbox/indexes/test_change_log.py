"""The log of changes: what each revision changed, as far back as it is remembered."""

from app.model import IssueState
from app.store.inbox.indexes import change_log
from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter
from tests.factories import Store, make_event, set_state


def changed(store: Store, since: int, through: int | None = None) -> set[int]:
    return set(store.read(lambda c: c.execute(change_log.changed(since, through)).scalars().all()))


def test_events_and_what_a_person_does_are_changes(store: Store) -> None:
    for function in "abc":
        store.file(make_event(function=function))
    before = store.read(issues.revision)
    store.file(make_event(function="b"))
    between = store.read(issues.revision)
    store.write(set_state, [1], IssueState.RESOLVED)
    assert changed(store, 0) == {1, 2, 3}
    assert changed(store, before) == {1, 2}
    assert changed(store, before, between) == {2}
    assert changed(store, store.read(issues.revision)) == set()


def test_a_page_ends_with_the_revision_of_its_last_change(store: Store) -> None:
    store.file(make_event(function="a"), make_event(function="b"))
    store.file(make_event(function="c"))
    assert store.read(change_log.end_of_page, 0, 1) == 1
    assert store.read(change_log.end_of_page, 0, 3) == 2
    assert store.read(change_log.end_of_page, 0, 4) is None
    assert store.read(change_log.end_of_page, 1, 1) == 2


def test_only_the_newest_changes_are_remembered(store: Store) -> None:
    store.file(make_event())
    assert store.read(change_log.is_remembered, 0)
    newest = change_log.REMEMBERED + 100
    rows = [(revision, 1) for revision in range(2, newest + 1)]
    insert = "INSERT INTO issue_changes VALUES (?, ?)"
    store.write(lambda connection: connection.exec_driver_sql(insert, rows))
    store.write(change_log.trim)
    forgotten = newest - change_log.REMEMBERED
    assert not store.read(change_log.is_remembered, forgotten - 1)
    assert store.read(change_log.is_remembered, forgotten)
    assert not store.read(issues.changed_since, IssueFilter(), 0).is_complete
