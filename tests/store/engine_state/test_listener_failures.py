"""Failures of listeners are stored once for each place, counted, and not without limit."""

from app.store.engine_state import listener_failures
from app.store.engine_state.listener_failures import MOST_FAILURES, NewFailure
from tests.factories import NOON, SECOND, Store


def failure(line: int, at: int = NOON, error: str = "KeyError: 'x'") -> NewFailure:
    return NewFailure(
        at=at, listener="tell", place=f"listeners.py:{line}", error=error, traceback=f"Traceback {at}"
    )


def test_the_same_again_is_counted(store: Store) -> None:
    store.write(listener_failures.record, [failure(1), failure(2)])
    store.write(listener_failures.record, [failure(1, NOON + SECOND), failure(1, error="KeyError: 'y'")])
    first, *_rest = found = store.read(listener_failures.listed)
    assert (first.place, first.count, first.traceback) == ("listeners.py:1", 2, f"Traceback {NOON + SECOND}")
    assert len(found) == 3


def test_the_newest_stay(store: Store) -> None:
    store.write(listener_failures.record, [failure(n, NOON + n) for n in range(MOST_FAILURES + 20)])
    found = store.read(listener_failures.listed)
    assert [each.place for each in found] == [
        f"listeners.py:{n}" for n in reversed(range(20, MOST_FAILURES + 20))
    ]
