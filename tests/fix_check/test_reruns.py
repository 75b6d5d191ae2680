"""When the transaction of an issue ran again."""

from app.fix_check import reruns
from tests.factories import NOON, SECOND, Store, make_event
from tests.store.traces.factories import add, make_part


def test_runs_are_known_by_their_traces(store: Store) -> None:
    store.file(make_event(transaction="/pay"), at=NOON)
    store.file(make_event(function="other", transaction="/pay"), at=NOON + SECOND)
    add(store, make_part(at=NOON + 3 * SECOND, runs={"/pay": NOON + 2 * SECOND}))
    found = store.read(reruns.read, 1, "shop", "/pay", NOON)
    assert (found.arrivals, found.elsewhere) == ((NOON,), (NOON + 2 * SECOND,))


def test_without_traces_by_errors_of_other_issues(store: Store) -> None:
    store.file(make_event(transaction="/pay"), at=NOON)
    store.file(make_event(function="other", transaction="/pay"), at=NOON + SECOND)
    assert store.read(reruns.read, 1, "shop", "/pay", NOON).elsewhere == (NOON + SECOND,)
    assert store.read(reruns.read, 1, "shop", None, NOON).elsewhere == ()
