"""When an issue's events came, and what was before it."""

from app.store.inbox.triage import actions, recurrence
from app.store.inbox.triage.recurrence import Onset
from tests.factories import NOON, SECOND, Store, make_event


def test_arrivals_and_the_same_transaction_elsewhere(store: Store) -> None:
    store.file(make_event(transaction="GET /cart"), at=NOON)
    store.file(make_event(transaction="GET /cart"), at=NOON + SECOND)
    store.file(make_event(function="other", transaction="GET /cart"), at=NOON + 2 * SECOND)
    store.file(make_event(function="other", transaction="GET /carts"), at=NOON + 3 * SECOND)
    found = store.read(recurrence.read, 1, "GET /cart")
    assert (sorted(found.arrivals), found.elsewhere) == ([NOON, NOON + SECOND], (NOON + 2 * SECOND,))
    assert store.read(recurrence.read, 1, None).elsewhere == ()
    assert store.read(recurrence.read, 1, '") OR *').elsewhere == ()


def test_the_release_before_its_first_event(store: Store) -> None:
    store.file(make_event(function="other", release="1.0"), at=NOON)
    store.file(make_event(function="other", release="1.1"), at=NOON + SECOND)
    store.file(make_event(release="1.2"), at=NOON + 2 * SECOND)
    store.file(make_event(release="1.3"), at=NOON + 3 * SECOND)
    onset = Onset(at=NOON + 2 * SECOND, release="1.1", release_seen=NOON + SECOND)
    assert store.read(recurrence.onset, 2, "1.2") == onset
    # The release that had it was seen before, in another issue.
    assert store.read(recurrence.onset, 2, "1.1") == Onset(at=onset.at, release="1.0", release_seen=NOON)
    assert store.read(recurrence.onset, 1, "1.0") == Onset(at=NOON)
    assert store.read(recurrence.onset, 404, None) is None


def test_one_that_came_back_was_quiet_since_its_last_event(store: Store) -> None:
    store.file(make_event(), at=NOON)
    store.file(make_event(), at=NOON + SECOND)
    store.write(actions.resolve, [1], NOON + 2 * SECOND)
    store.file(make_event(), at=NOON + 90 * SECOND)
    store.file(make_event(), at=NOON + 91 * SECOND)
    onset = Onset(at=NOON + 90 * SECOND, quiet_since=NOON + SECOND)
    assert store.read(recurrence.onset, 1, None) == onset
