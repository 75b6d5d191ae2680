"""The oldest traces go first, in steps, until what is left is within the bounds."""

from app.store.traces import removal, trace_lookup, trace_rows
from app.store.traces.removal import NOTHING, TraceBounds
from app.store.traces.trace_rows import SLOT, TracedEvent
from tests.factories import NOON, SECOND, Store
from tests.store.traces.factories import TRACE, add, make_part

HOUR = 3_600 * SECOND
PLENTY = TraceBounds(1, 200)


def remove(store: Store, bounds: TraceBounds, *, now: int = NOON) -> int:
    """Remove until nothing more goes; returns the number of steps."""
    steps = 0
    while store.write(removal.remove_step, bounds, now):
        steps += 1
    return steps


def stored(store: Store) -> list[bytes]:
    return [part.content for part in store.read(trace_lookup.parts, range(1, 2_000))]


def rows(store: Store) -> list[int]:
    tables = ("trace_parts", "trace_index", "trace_slots")
    return [
        store.read(lambda c, t=table: c.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar())
        for table in tables
    ]


def test_within_the_bounds_nothing_goes(store: Store) -> None:
    add(store, make_part())
    assert remove(store, PLENTY) == 0
    assert stored(store) == [b"spans"]


def test_what_is_older_than_an_hour_goes(store: Store) -> None:
    add(store, make_part(b"old", at=NOON - HOUR - 2 * SLOT, has_lines=True, runs={"/pay": NOON}))
    add(store, make_part(b"new"), events=(TracedEvent(NOON - 2 * HOUR, 3, TRACE),))
    remove(store, PLENTY)
    assert stored(store) == [b"new"]
    assert rows(store) == [1, 1, 1]


def test_beyond_the_size_the_oldest_go(store: Store) -> None:
    add(store, *(make_part(b"x" * 400_000, at=NOON + n * SLOT) for n in range(5)))
    remove(store, TraceBounds(1, 1))
    assert len(stored(store)) == 2
    assert store.read(trace_rows.stored_bytes) < 1_000_000
    assert store.read(trace_lookup.numbers_of, TRACE, NOON).parts == (4, 5)


def test_switched_off_everything_goes(store: Store) -> None:
    add(store, make_part(), make_part(at=NOON + 100 * SLOT), events=(TracedEvent(NOON, 3, TRACE),))
    remove(store, NOTHING)
    assert rows(store) == [0, 0, 0]


def test_each_step_is_short(store: Store) -> None:
    add(store, *(make_part(b"%d" % n, traces=frozenset((f"{n}",))) for n in range(2_500)))
    assert remove(store, NOTHING) == 3
    assert rows(store) == [0, 0, 0]
