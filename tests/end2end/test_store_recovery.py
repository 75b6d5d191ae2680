"""The store is removed or damaged under load: nothing that was acknowledged is lost."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import update

from app import paths
from app.store import set_aside
from app.store.database import CHECKED_UP_TO_BYTES, open_for_engine
from app.store.schema import state
from tests.end2end.engine_process import EngineProcess, rows, run, wait_until
from tests.end2end.test_nothing_is_lost import Load
from tests.factories import append, make_report


def delete(folder: Path) -> None:
    for file in folder.glob(f"{paths.DATABASE}*"):
        file.unlink()


def delete_log(folder: Path) -> None:
    (folder / f"{paths.DATABASE}-wal").unlink()


def replace(folder: Path) -> None:
    (folder / "copy").write_bytes(b"Somebody else's.")
    (folder / "copy").replace(folder / paths.DATABASE)


FAULTS: dict[str, Callable[[Path], object]] = {
    "delete": delete,
    "delete the log": delete_log,
    "replace": replace,
    "remove the folder": shutil.rmtree,
    "rename the folder": lambda folder: folder.rename(folder.with_name("moved")),
}


def send_line(engine: EngineProcess, line: str) -> None:
    assert engine.process.stdin is not None
    engine.process.stdin.write(line + "\n")
    engine.process.stdin.flush()


@contextmanager
def loaded(engine: EngineProcess) -> Iterator[Load]:
    with Load(engine.port) as load:
        try:
            yield load
        finally:
            # Otherwise a failing test would wait for the load for ever.
            load.stop()


def wait_for_line(engine: EngineProcess, beginning: str) -> str:
    assert engine.process.stdout is not None
    for line in engine.process.stdout:
        if line.startswith(beginning):
            return line.strip()
    raise AssertionError(f"the engine ended without saying {beginning!r}")


def stored(folder: Path) -> list[str]:
    """The event ids of the reports in all stores of a folder."""
    found: list[str] = []
    for file in folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(file)) as connection:
            try:
                found += [row[0] for row in connection.execute("SELECT event_id FROM reports")]
            except sqlite3.DatabaseError:
                # The file that `replace` put there is no database.
                continue
    return found


@pytest.mark.parametrize("fault", FAULTS)
def test_removed_store_is_replaced_on_request(fault: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    engine = EngineProcess(folder, "--child")
    with loaded(engine) as load:
        assert load.is_warm.wait(30)
        FAULTS[fault](folder)
        assert '"kind":"gone"' in wait_for_line(engine, "store {")
        # After this, answers that were on their way have arrived.
        Event().wait(0.5)
        acknowledged = len(load.acknowledged)
        Event().wait(0.5)
        assert len(load.acknowledged) == acknowledged
        assert not (folder / paths.DATABASE).exists() or fault in ("replace", "delete the log")
        send_line(engine, "store new")
        assert "has been copied to" in wait_for_line(engine, "notice")
        wait_until(lambda: len(load.acknowledged) > acknowledged, "the new store to take errors")
        load.stop()
    engine.wait_digested(len(load.acknowledged) - acknowledged)
    assert engine.stop() == 0
    assert set(load.acknowledged) <= set(stored(folder))
    (status,) = rows("status", data_dir=folder)
    assert (status["pending"], status["dead"]) == (0, 0)


def test_store_that_comes_back_is_used_again(tmp_path: Path) -> None:
    folder, moved = tmp_path / "data", tmp_path / "moved"
    engine = EngineProcess(folder, "--child")
    with loaded(engine) as load:
        assert load.is_warm.wait(30)
        folder.rename(moved)
        wait_for_line(engine, "store {")
        Event().wait(0.5)
        acknowledged = len(load.acknowledged)
        moved.rename(folder)
        wait_for_line(engine, "store null")
        wait_until(lambda: len(load.acknowledged) > acknowledged, "errors to be taken again")
        load.stop()
    engine.wait_digested(len(load.acknowledged))
    assert engine.stop() == 0
    assert set(load.acknowledged) <= set(stored(folder))


def test_removed_store_is_copied_out_before_the_engine_ends(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path / "data")
    with loaded(engine) as load:
        assert load.is_warm.wait(30)
        delete(tmp_path / "data")
        Event().wait(0.5)
        load.stop()
    assert engine.stop() == 0
    assert set(load.acknowledged) <= set(stored(tmp_path / "data"))
    again = EngineProcess(tmp_path / "data")
    wait_until(lambda: not set_aside.waiting(tmp_path / "data" / paths.DATABASE), "the salvage")
    assert again.stop() == 0


def test_doctor_reports_the_missing_store(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    delete(tmp_path)
    printed = run("doctor", data_dir=tmp_path, check=False)
    assert printed.returncode == 1
    assert "There is no error store in" in printed.stdout
    assert "The engine takes no errors" in printed.stdout
    assert engine.stop() == 0


def large_store(folder: Path, *, waiting: int) -> Path:
    """A store that is too large to be checked before the port opens, in which `waiting` reports wait."""
    database = open_for_engine(folder).database
    number = CHECKED_UP_TO_BYTES // 30_000
    for start in range(1, number, 100):
        append(database, *(make_report(n, body=b"{}" + b" " * 40_000) for n in range(start, start + 100)))
    last = start + 99
    with database.writing() as connection:
        connection.execute(update(state).values(digested_through=last - waiting))
    with database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return database.file


def damage_waiting(file: Path) -> None:
    """Overwrite pages of waiting reports, but not the last ones."""
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size - 60 * 16_384)
        opened.write(b"\xa5" * (20 * 16_384))


def damage_old(file: Path) -> None:
    """Overwrite pages of old reports, which the engine has no need to read."""
    with file.open("r+b") as opened:
        opened.seek(file.stat().st_size // 2)
        opened.write(b"\xa5" * (20 * 16_384))


def test_waiting_reports_of_a_damaged_large_store_are_carried_over(tmp_path: Path) -> None:
    file = large_store(tmp_path, waiting=200)
    damage_waiting(file)
    engine = EngineProcess(tmp_path, "--child")
    assert "set aside as" in wait_for_line(engine, "notice")
    printed = wait_for_line(engine, "notice")
    assert "were carried over" in printed
    assert "could not be read" in printed
    with loaded(engine) as load:
        assert load.is_warm.wait(30)
    engine.wait_digested(len(load.acknowledged))
    status = engine.status()
    assert engine.stop() == 0
    assert status["received"] - len(load.acknowledged) in range(180, 200)
    assert not set_aside.waiting(file)


def test_background_check_finds_damage(tmp_path: Path) -> None:
    file = large_store(tmp_path, waiting=0)
    damage_old(file)
    engine = EngineProcess(tmp_path, "--child")
    assert '"kind":"damaged"' in wait_for_line(engine, "store {")
    assert "set aside as" in wait_for_line(engine, "notice")
    run("send-test", data_dir=tmp_path)
    assert engine.stop() == 0
    (aside,) = tmp_path.glob("* damaged *.sqlite3")
    assert aside.stat().st_size > CHECKED_UP_TO_BYTES
