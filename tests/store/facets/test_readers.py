"""What is read of some issues: settled and not settled yet."""

from app.store.facets import readers
from app.store.inbox.counts import recent_counts
from tests.factories import NOON, SECOND, Store, make_event

HOUR = 3_600 * SECOND


def test_settled_and_recent_are_both_there(store: Store) -> None:
    store.file(make_event(tags={"region": "eu"}), at=NOON)
    store.write(recent_counts.settle, [1])
    store.file(make_event(tags={"region": "us"}), at=NOON)
    found = store.read(readers.read, [1], ["region", "level"], 0)
    assert sorted((value, list(issues)) for value, issues in found.values["region"]) == [
        ("eu", [1]),
        ("us", [1]),
    ]
    assert sum(count for _hour, count, _issues in found.hours) == 2
    assert store.read(readers.read, [1], [], None).hours == []


def test_issues_come_by_their_numbers(store: Store) -> None:
    for name in "abc":
        store.file(make_event(function=name))
    assert store.read(readers.issues_from, 2, 5) == [2, 3]
