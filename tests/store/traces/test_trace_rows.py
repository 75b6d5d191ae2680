"""What is added of traces, and how much that is."""

from app.store.traces import trace_lookup, trace_rows
from app.store.traces.trace_rows import SLOT, TracedEvent
from tests.factories import NOON, Store
from tests.store.traces.factories import TRACE, add, make_part


def test_bytes_are_counted_as_they_come(store: Store) -> None:
    assert store.read(trace_rows.stored_bytes) == 0
    add(store, make_part(b"x" * 1_000))
    first = store.read(trace_rows.stored_bytes)
    assert 1_000 < first < 1_200
    add(store, make_part(b"x" * 1_000), make_part(b"x" * 1_000, at=NOON + 10 * SLOT))
    assert store.read(trace_rows.stored_bytes) == 3 * first


def test_parts_are_numbered_on(store: Store) -> None:
    add(store, make_part(b"a"), make_part(b"b"))
    add(store, make_part(b"c"))
    found = store.read(trace_lookup.parts, [1, 2, 3])
    assert [(part.number, part.content) for part in found] == [(1, b"a"), (2, b"b"), (3, b"c")]


def test_the_same_run_and_event_twice_are_there_once(store: Store) -> None:
    event = TracedEvent(NOON, 7, TRACE)
    add(store, make_part(runs={"/pay": NOON}), make_part(runs={"/pay": NOON}), events=(event, event))
    assert store.read(trace_lookup.transaction_times, "shop", "/pay", 0) == [NOON]
    assert store.read(trace_lookup.numbers_of, TRACE, NOON).events == (7,)
