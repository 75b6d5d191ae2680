"""Runs of commands: begun, ended, forgotten."""

import pytest

from app.store.places import runs
from tests.factories import NOON, SECOND, Store, append, make_event, make_report
from tests.runs_of_commands import make_run


def test_a_run_begins_and_ends(store: Store) -> None:
    store.file(make_event())
    number = store.write(runs.begin, make_run())
    (run,) = store.read(runs.running)
    assert (run.id, run.command, run.first_report, run.first_event) == (number, "pytest -q", 2, 1)
    assert run.is_running
    store.file(make_event())
    assert store.write(runs.end, number, NOON + SECOND, exit_code=1)
    ended = store.read(runs.get, number)
    assert ended is not None
    assert (ended.ended_at, ended.exit_code, ended.signal, ended.last_report) == (NOON + SECOND, 1, None, 2)
    assert store.read(runs.running) == []
    assert not store.write(runs.end, 99, NOON)


def test_its_command_is_stored_without_secrets_and_bounded(store: Store) -> None:
    number = store.write(
        runs.begin, make_run("psql postgres://ada:hunter22@db/shop --name \udcff " + "x" * 9_000)
    )
    run = store.read(runs.get, number)
    assert run is not None
    assert "hunter22" not in run.command
    assert len(run.command) == runs.LONGEST_TEXT


def test_what_came_in_it_is_counted_when_all_is_digested(store: Store) -> None:
    number = store.write(runs.begin, make_run())
    store.file(make_event(function="a"), make_event(function="b"))
    store.file(make_event(), project="other")
    append(store.database, make_report(4))
    store.write(runs.end, number, NOON)
    assert store.read(runs.settled) == [], "a report waits"
    assert store.read(runs.next_due) is None
    store.write(lambda connection: connection.exec_driver_sql("UPDATE state SET digested_through = 4"))
    assert store.read(runs.next_due) == 0
    found = store.read(runs.settled)
    store.write(runs.record_settled, found)
    run = store.read(runs.get, number)
    assert run is not None
    assert (run.errors, run.last_event) == (2, 3)
    assert store.read(runs.next_due) is None


def test_the_oldest_are_forgotten_but_not_what_still_runs(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST", 2)
    first = store.write(runs.begin, make_run())
    for _ in range(3):
        store.write(runs.end, store.write(runs.begin, make_run()), NOON)
    assert [run.id for run in store.read(runs.listed, 9)] == [4, 3, first]


def test_a_run_is_forgotten_and_brought_back(store: Store) -> None:
    number = store.write(runs.begin, make_run())
    gone = store.write(runs.forget, number)
    assert gone is not None
    assert store.read(runs.listed) == []
    assert store.write(runs.forget, number) is None
    assert store.write(runs.bring_back, gone)
    assert store.read(runs.listed) == [gone]
    assert not store.write(runs.bring_back, gone)


def test_the_run_before_is_of_the_same_command_and_project(store: Store) -> None:
    numbers = [
        store.write(runs.begin, run)
        for run in (make_run(), make_run("make"), make_run(project="other"), make_run())
    ]
    found = {run.id: store.read(runs.before, run) for run in store.read(runs.listed)}
    assert found == {numbers[3]: numbers[0], numbers[2]: None, numbers[1]: None, numbers[0]: None}
