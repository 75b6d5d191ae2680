"""What waits in a store that was set aside is read around whatever is damaged."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from app.store.database import Database
from app.store.queue import report_queue
from app.store.queue.report_queue import ReportSetback
from app.store.schema import state
from app.store.upkeep import salvage
from app.store.upkeep.salvage import Batch, SalvageProgress
from tests.factories import append, make_report

REPORTS = 300


@pytest.fixture
def aside(database: Database, tmp_path: Path) -> Path:
    """A store of reports of all sizes, of which the first hundred are digested."""
    sizes = random.Random(8)
    reports = [make_report(n, body=bytes([n % 251]) * sizes.randrange(40_000)) for n in range(1, REPORTS + 1)]
    append(database, *reports)
    with database.writing() as connection:
        connection.execute(update(state).values(digested_through=100))
        for number, dead in ((7, False), (9, True)):
            error = {"attempts": 1, "due_at": 0, "error": "", "traceback": ""}
            report_queue.set_back(connection, ReportSetback(report_id=number, dead=dead, **error))  # type: ignore[arg-type]
    with database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(shutil.copy(database.file, tmp_path / "aside.sqlite3"))


def carried(file: Path, start: SalvageProgress | None = None) -> list[Batch]:
    return list(salvage.batches(file, start or SalvageProgress()))


def ids_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [row[0] for row in connection.execute("SELECT event_id FROM reports ORDER BY id")]


def test_all_that_waits_is_carried_in_order(aside: Path) -> None:
    found = carried(aside)
    expected = ids_in(aside)
    assert [row[3] for batch in found for row in batch.rows] == [expected[6], expected[8], *expected[100:]]
    assert found[-1].progress == SalvageProgress(through=REPORTS, carried=202, unreadable=0, has_ended=True)


def test_it_goes_on_where_it_was_cut(aside: Path) -> None:
    whole = carried(aside)
    for cut in range(len(whole)):
        rest = carried(aside, whole[cut].progress)
        assert [row for batch in rest for row in batch.rows] == [
            row for batch in whole[cut + 1 :] for row in batch.rows
        ]
        assert rest[-1].progress == whole[-1].progress


@pytest.mark.parametrize("seed", range(12))
def test_damaged_pages_cost_what_stands_on_them_and_all_is_counted(aside: Path, seed: int) -> None:
    chance = random.Random(seed)
    pages = aside.stat().st_size // 16_384
    with aside.open("r+b") as file:
        for _page in range(chance.randrange(1, 12)):
            file.seek(chance.randrange(pages // 3, pages) * 16_384)
            file.write(chance.randbytes(chance.choice((64, 4096, 16_384))))
    found = carried(aside)
    end = found[-1].progress
    rows = [row for batch in found for row in batch.rows]
    assert end.has_ended
    assert end.carried == len(rows)
    # How many were behind the last one that can be read, nothing says any more.
    assert end.carried + end.unreadable == 202 - (REPORTS - end.through)
    assert len({row[3] for row in rows}) == len(rows)


def test_a_file_that_is_none_any_more_holds_nothing(aside: Path) -> None:
    content = aside.read_bytes()
    aside.write_bytes(b"\xa5" * len(content))
    assert [batch.rows for batch in carried(aside)] == [()]


def test_where_the_cursor_is_lost_all_are_taken(aside: Path) -> None:
    with closing(sqlite3.connect(aside)) as connection, connection:
        connection.execute("DROP TABLE state")
    assert carried(aside)[-1].progress.carried == REPORTS


def test_what_is_carried_is_written_down(database: Database) -> None:
    reached = SalvageProgress(through=7, carried=5, unreadable=2)
    with database.writing() as connection:
        salvage.note(connection, "old", SalvageProgress(through=3, carried=3), 1)
        salvage.note(connection, "old", reached, 2)
        assert salvage.progress(connection, "old") == reached
        assert salvage.progress(connection, "another") == SalvageProgress()
    assert salvage.describe("old", reached) == (
        "5 reports that waited in old were carried over; 2 could not be read."
    )
    assert not salvage.describe("old", SalvageProgress())
