"""Pins: set, taken off, counted, searched for, and carried along by merges."""

from app.store.inbox.lists import issues
from app.store.inbox.lists.issues import IssueFilter, View
from app.store.inbox.triage import pins
from tests.factories import Store, make_event
from tests.regrouping.conftest import shop as shop
from tests.regrouping.shop import Shop


def pinned(store: Store) -> list[int]:
    found = store.read(issues.page, IssueFilter(View.EVERYTHING, text="is:pinned"))
    return sorted(issue.id for issue in found)


def test_pins_are_set_and_taken_off(store: Store) -> None:
    store.file(make_event(), make_event(function="other"))
    revision = store.read(issues.revision)
    assert store.write(pins.pin, [1, 2, 404], True) == (1, 2)
    assert store.write(pins.pin, [1], True) == ()
    assert store.read(issues.revision) == revision + 1
    assert [issue.pinned for issue in store.read(issues.page, IssueFilter())] == [True, True]
    assert store.read(pins.number) == 2
    assert store.write(pins.pin, [2], False) == (2,)
    assert store.read(pins.are_any, [1, 2], True)
    assert not store.read(pins.are_any, [2], True)
    assert pinned(store) == [1]


def test_a_merged_issue_is_pinned_if_one_of_them_was(shop: Shop, store: Store) -> None:
    first, second = shop.send_two_bugs()
    store.write(pins.pin, [second], True)
    merge = shop.merge(first, second)
    shop.settle()
    assert pinned(store) == [first]
    assert store.read(pins.number) == 1
    shop.undo(merge)
    shop.settle()
    assert pinned(store) == [second]
