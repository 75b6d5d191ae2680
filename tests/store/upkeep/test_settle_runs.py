"""What becomes known of runs when they are over."""

from app.store.places import runs
from app.store.places.runs import Run
from app.store.upkeep.settle_runs import SettleRuns
from tests.factories import NOON, SECOND, Store, make_event
from tests.runs_of_commands import make_run

DAY = 86_400 * SECOND


def settle(store: Store, gone: frozenset[int] = frozenset(), now: int = NOON) -> list[int]:
    announced: list[int] = []
    job = SettleRuns(
        store.database,
        lambda run: run.id not in gone,
        lambda: 90,
        clock=lambda: now,
        announce=announced.append,
    )
    job.run()
    return announced


def one(store: Store) -> Run:
    (run,) = store.read(runs.listed)
    return run


def test_a_run_that_has_ended_is_counted_once(store: Store) -> None:
    number = store.write(runs.begin, make_run())
    store.file(make_event())
    assert settle(store) == [], "it runs"
    store.write(runs.end, number, NOON, exit_code=1)
    assert len(settle(store)) == 1
    assert (one(store).errors, one(store).exit_code) == (1, 1)
    assert settle(store) == []


def test_a_run_whose_process_has_gone_has_ended_somehow(store: Store) -> None:
    store.write(runs.begin, make_run())
    settle(store, frozenset({1}), NOON + SECOND)
    run = one(store)
    assert (run.ended_at, run.exit_code, run.signal) == (NOON + SECOND, None, None)
    settle(store)
    assert one(store).errors == 0


def test_runs_of_long_ago_are_forgotten(store: Store) -> None:
    store.write(runs.end, store.write(runs.begin, make_run()), NOON, exit_code=0)
    settle(store)
    settle(store, now=NOON + 89 * DAY)
    assert one(store).exit_code == 0
    settle(store, now=NOON + 91 * DAY)
    assert store.read(runs.listed) == []
