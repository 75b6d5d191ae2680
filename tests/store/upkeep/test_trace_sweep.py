"""The job that removes traces."""

from app.store import sqlite
from app.store.traces import trace_rows
from app.store.traces.removal import NOTHING, TraceBounds
from app.store.upkeep import file_space
from app.store.upkeep.trace_sweep import TraceSweep
from tests.factories import NOON, SECOND, Store
from tests.store.traces.factories import add, make_part


def sweep(store: Store, bounds: TraceBounds, *, now: int = NOON) -> int:
    return TraceSweep(store.database, lambda: bounds, clock=lambda: now).run()


def test_it_removes_what_exceeds_the_bounds_and_gives_the_space_back(store: Store) -> None:
    add(store, *(make_part(b"%d" % n * 100_000, at=NOON + n * 10 * SECOND) for n in range(20)))
    assert sweep(store, TraceBounds(1, 200)) == 0
    pages = store.read(sqlite.pages)
    assert sweep(store, NOTHING) == 20
    assert store.read(trace_rows.stored_bytes) == 0
    assert not file_space.has_free_pages(store.database)
    assert store.read(sqlite.pages) < pages


def test_it_ends_when_the_engine_stops(store: Store) -> None:
    add(store, make_part())
    stopping = TraceSweep(store.database, lambda: NOTHING, is_stopping=lambda: True)
    assert stopping.run() == 0
    assert store.read(trace_rows.stored_bytes) > 0
