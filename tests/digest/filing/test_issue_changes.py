"""What a batch does to each issue, before its lifecycle is decided."""

from app.digest import grouping
from app.digest.entries import entries
from app.digest.filing import issue_changes
from app.digest.filing.occurrence import Occurrence
from app.protocols.delivery import Delivery
from app.store.inbox.issues import issue_keys
from tests.factories import NOON, SECOND, Store, make_event, make_report


def occurrence(function: str, at: int) -> Occurrence:
    report = make_report(9, at=at)
    (entry,) = entries.of(report, Delivery(events=(make_event(function=function),))).events
    return Occurrence(entry, (1, entry.key), report, at)


def test_events_of_one_key_are_one_change_and_a_new_key_is_a_new_issue(store: Store) -> None:
    store.file(make_event(function="known"), at=NOON)
    batch = [
        occurrence("known", NOON + 2 * SECOND),
        occurrence("new", NOON + 3 * SECOND),
        occurrence("known", NOON + SECOND),
    ]
    changes = store.read(issue_changes.changes, batch)
    known, new = changes[batch[0].key], changes[batch[1].key]
    assert (known.id, known.first_seen, known.last_seen) == (1, NOON, NOON + 2 * SECOND)
    assert known.arrivals == [batch[0], batch[2]]
    assert known.before is not None
    assert known.before.count == 1
    assert (new.id, new.before, new.arrivals) == (2, None, [batch[1]])


def test_two_keys_of_one_issue_are_one_change(store: Store) -> None:
    store.file(make_event(function="a"))
    other = occurrence("b", NOON)
    store.write(issue_keys.add, [(other.key, 1)], grouping.CURRENT.ALGORITHM)
    batch = [occurrence("a", NOON), other]
    changes = store.read(issue_changes.changes, batch)
    assert changes[batch[0].key] is changes[other.key]
