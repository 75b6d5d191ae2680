"""Deleting an event: what is read for it beforehand, and the issue that goes with its only event."""

from app.regrouping import event_deletion
from app.store.inbox.events import removal
from tests.factories import NOON, Store
from tests.regrouping.shop import Shop


def test_the_rest_of_the_issue_is_described_by_what_stays(shop: Shop, store: Store) -> None:
    issue = shop.send_mixed()
    planned = store.read(event_deletion.plan, 4)
    assert planned is not None
    assert planned.part is not None
    assert (planned.issue, planned.part.latest.number, planned.part.rest.number) == (issue, 4, 3)
    assert planned.part.rest_users == {"ada", "bob"}, "cid was in the deleted one only"


def test_users_of_events_that_retention_removed_stay(shop: Shop, store: Store) -> None:
    shop.send_mixed()
    store.write(removal.remove_events, [1])
    planned = store.read(event_deletion.plan, 4)
    assert planned is not None
    assert planned.part is not None
    assert planned.part.rest_users == {"ada", "bob"}


def test_with_its_only_event_an_issue_goes_and_comes_back(shop: Shop, store: Store) -> None:
    issue = shop.send()
    before = shop.shown()
    planned = store.read(event_deletion.plan, 1)
    assert planned == event_deletion.EventDeletion(1, issue, None)
    number = store.write(event_deletion.delete, planned, "1 event", NOON)
    assert shop.shown() == {}
    assert store.write(event_deletion.restore, number, NOON)
    assert shop.shown() == before
    assert not store.write(event_deletion.restore, number, NOON)
    assert store.read(event_deletion.plan, 404) is None
