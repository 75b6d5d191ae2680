"""The runs that the window lists, and how many errors came in each."""

import pytest

from app.run_ending import RunState
from app.store.places import run_numbers, runs
from app.store.places.run_numbers import ListedRuns, RunNumbers
from app.store.places.runs import Run
from tests.factories import NOON, SECOND, Store, make_event
from tests.runs_of_commands import make_run


def numbers(*gone: int) -> RunNumbers:
    def is_alive(run: Run) -> bool:
        return run.id not in gone

    return RunNumbers(is_alive)


def test_the_newest_are_listed_and_those_that_run(store: Store) -> None:
    assert store.read(numbers().newest) == ListedRuns()
    store.write(runs.begin, make_run("npm start"))
    for n in range(5):
        number = store.write(runs.begin, make_run(at=NOON + n * SECOND))
        store.write(runs.end, number, NOON + n * SECOND, exit_code=0)
    found = store.read(numbers().newest)
    assert [run.id for run in found.runs] == [6, 5, 4, 1]
    assert (found.more, found.runs[0].before, found.runs[-1].before) == (2, 5, None)
    assert [run.state for run in found.runs[-2:]] == [RunState.DONE, RunState.RUNNING]
    assert [run.id for run in store.read(numbers().all).runs] == [6, 5, 4, 3, 2, 1]


def test_errors_are_counted_as_they_come_so_many_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(runs.begin, make_run())
    counted = numbers()
    monkeypatch.setattr(run_numbers, "LOOKED_AT", 2)
    store.file(*(make_event() for _ in range(3)))
    first, second = store.read(counted.newest), store.read(counted.newest)
    assert [(found.runs[0].errors, found.is_behind) for found in (first, second)] == [(2, True), (3, False)]
    store.file(make_event())
    assert store.read(counted.newest).runs[0].errors == 4


def test_one_whose_process_has_gone_is_over_though_nobody_wrote_that(store: Store) -> None:
    store.write(runs.begin, make_run())
    run = store.read(numbers(1).one, 1)
    assert run is not None
    assert (run.state, run.words) == (RunState.UNKNOWN, "ended, how is not known")
    assert store.read(numbers().one, 2) is None


def test_a_run_in_which_nothing_came_is_counted(store: Store) -> None:
    store.file(make_event())
    store.write(runs.begin, make_run())
    found = store.read(numbers().newest)
    assert (found.runs[0].errors, found.is_behind) == (0, False)
