"""A run in the store."""

import os
import signal
from pathlib import Path

from app import paths, processes
from app.runs.run_record import RunRecord
from app.settings import Settings
from app.store.places import runs
from tests.factories import Store


def record_of(folder: Path, *command: str) -> RunRecord:
    return RunRecord(Settings(data_dir=folder), command, "shop", "/home/ada/shop")


def test_a_run_is_written_at_its_begin_and_its_end(store: Store) -> None:
    record = record_of(store.database.file.parent, "sh", "-c", "exit 3")
    record.begin()
    (run,) = store.read(runs.running)
    assert (run.id, run.command, run.project, run.cwd) == (
        record.number,
        "sh -c 'exit 3'",
        "shop",
        "/home/ada/shop",
    )
    assert run.pid == os.getpid()
    assert processes.identity.is_alive(run.host, run.pid, run.process_started)
    record.end(3)
    ended = store.read(runs.get, run.id)
    assert ended is not None
    assert (ended.exit_code, ended.signal, record.problem) == (3, None, "")


def test_a_signal_without_a_name_is_told_by_its_number(store: Store) -> None:
    record = record_of(store.database.file.parent, "sleep", "9")
    record.begin()
    record.end(-40)
    (run,) = store.read(runs.listed)
    assert run.signal == "signal 40"


def test_an_end_by_a_signal_is_told_by_its_name(store: Store) -> None:
    record = record_of(store.database.file.parent, "sleep", "9")
    record.begin()
    record.end(-signal.SIGSEGV)
    (run,) = store.read(runs.listed)
    assert (run.exit_code, run.signal) == (None, "SIGSEGV")


def test_a_command_that_could_not_be_begun_is_no_run(store: Store) -> None:
    record = record_of(store.database.file.parent, "no-such-program")
    record.begin()
    record.drop()
    record.end(None)
    assert store.read(runs.listed) == []


def test_of_a_run_that_was_killed_nobody_knows_how_its_command_ended(store: Store) -> None:
    record = record_of(store.database.file.parent, "sleep", "9")
    record.begin()
    record.end(None)
    (run,) = store.read(runs.listed)
    assert (run.is_running, run.exit_code, run.signal) == (False, None, None)


def test_where_there_is_no_store_the_reason_is_known_and_nothing_fails(tmp_path: Path) -> None:
    record = record_of(tmp_path, "true")
    record.begin()
    record.end(0)
    assert record.number is None
    assert "no error store" in record.problem
    (tmp_path / paths.DATABASE).write_bytes(b"no database" * 100)
    record.begin()
    assert record.number is None
    assert "cannot be read" in record.problem
