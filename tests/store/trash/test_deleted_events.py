"""A deleted event leaves its issue's counters at once, and comes back to wherever that issue is by then."""

import pytest

from app.regrouping import event_deletion
from app.store.inbox.counts import event_counts
from app.store.inbox.lists import issues
from app.store.trash import deleted_events, deleted_issues, deletions
from app.store.trash.deleted_issues import CannotDelete
from tests.factories import NOON, Store
from tests.regrouping.shop import Shop


def remove(store: Store, event: int) -> int:
    planned = store.read(event_deletion.plan, event)
    assert planned is not None
    return store.write(event_deletion.delete, planned, "1 event", NOON)


def test_an_event_goes_and_comes_back_exactly(shop: Shop, store: Store) -> None:
    issue = shop.send_mixed()
    before = shop.shown()
    number = remove(store, 4)
    (count, users, _first, _last, title, tags, _hours) = shop.shown()[issue]
    assert (count, users, title) == (3, {"ada", "bob"}, "KeyError: 'iban'")
    assert tags["region", "eu"] == 2
    assert store.read(event_counts.stored_in_all) == 3
    assert store.read(deleted_events.is_of_event, number)
    assert store.write(deleted_events.restore_event, number, NOON) == [4]
    assert shop.shown() == before == shop.recounted()
    assert store.write(deleted_events.restore_event, number, NOON) is None


def test_an_event_comes_back_into_what_its_issue_was_merged_into(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    number = remove(store, 4)
    shop.merge(first, second)
    shop.settle()
    store.write(deleted_events.restore_event, number, NOON)
    assert shop.shown() == shop.recounted()
    assert shop.shown()[first][0] == 4


def test_an_event_comes_back_into_the_trash_where_its_issue_is(shop: Shop, store: Store) -> None:
    issue = shop.send_mixed()
    number = remove(store, 2)
    whole = store.write(deletions.begin, "1 issue", NOON)
    store.write(deleted_issues.delete_issues, [issue], whole)
    store.write(deleted_events.restore_event, number, NOON)
    assert store.read(event_counts.stored_in_all) == 0
    store.write(deleted_issues.restore_issues, whole, [issue], NOON)
    assert shop.shown() == shop.recounted()


def test_an_event_whose_issue_is_gone_is_an_issue_of_its_own(shop: Shop, store: Store) -> None:
    issue = shop.send_mixed()
    number = remove(store, 2)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE deleted_issues SET carved_from = 404")
    store.write(deleted_events.restore_event, number, NOON)
    assert len(shop.shown()) == 2
    assert {each.count for each in (store.read(issues.get, n) for n in (issue, issue + 1)) if each} == {3, 1}


def test_nothing_is_deleted_while_the_grouping_changes(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    planned = store.read(event_deletion.plan, 1)
    assert planned is not None
    shop.merge(first, second)
    with pytest.raises(CannotDelete):
        store.write(event_deletion.delete, planned, "1 event", NOON)
