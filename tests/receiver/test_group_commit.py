"""Nothing is acknowledged that is not on disk, whatever the disk does."""

import asyncio
import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError

from app import paths
from app.receiver import group_commit
from app.receiver.refused import Refused
from app.settings import Settings
from app.store import sqlite
from app.store.database import Database, open_for_engine
from app.store.queue import report_queue
from app.store.schema import state
from tests.factories import append, envelope, make_report
from tests.receiver.conftest import Running, Start

EVENT = "0123456789abcdef0123456789abcdef"


def in_parallel(count: int, call: Callable[[int], int]) -> list[int]:
    results = [0] * count

    def run(number: int) -> None:
        results[number] = call(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_many_at_once_are_numbered_without_gaps(running: Running) -> None:
    statuses = in_parallel(20, lambda number: running.ask(body=envelope(f"{number:032x}")).status)
    assert statuses == [200] * 20
    stored = running.stored()
    assert [report.id for report in stored] == list(range(1, 21))
    assert {report.event_id for report in stored} == {f"{number:032x}" for number in range(20)}


def test_numbers_go_on_where_they_ended(start: Start, database: Database) -> None:
    append(database, make_report(1), make_report(2))
    running = start()
    running.ask(body=envelope(EVENT))
    assert [report.id for report in running.stored()] == [1, 2, 3]


def test_the_digest_is_notified_after_the_commit(database: Database, settings: Settings) -> None:
    seen: list[int] = []

    def look() -> None:
        with database.reading() as connection:
            seen.append(report_queue.last_number(connection))

    running = Running(database, settings, on_arrival=look)
    running.ask(body=envelope(EVENT))
    running.stop()
    assert seen == [1]


def test_a_locked_database_costs_a_503_and_no_report(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "PATIENCE_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / paths.DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = running.ask(body=envelope(EVENT))
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert b"locked" in answer.body
    assert answer.headers["access-control-allow-origin"] == "*"
    other.execute("ROLLBACK")
    other.close()
    assert running.ask(body=envelope(EVENT)).status == 200
    assert [report.id for report in running.stored()] == [1]


def test_a_lock_that_is_let_go_costs_only_time(running: Running, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / paths.DATABASE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.05, lambda: other.execute("COMMIT"))
    timer.start()
    assert running.ask(body=envelope(EVENT)).status == 200
    timer.join()
    other.close()


def test_a_full_disk_loses_nothing_that_was_acknowledged(database: Database, settings: Settings) -> None:
    """SQLite's own limit of pages is the disk here; the writer's connection gets a low one."""
    running = Running(_Full(database), settings)
    statuses = [running.ask(body=envelope(f"{n:032x}", message="x" * 50_000)).status for n in range(40)]
    assert set(statuses) == {200, 503}
    acknowledged = {f"{n:032x}" for n, status in enumerate(statuses) if status == 200}
    assert {report.event_id for report in running.stored()} == acknowledged
    running.stop()


class _Full(Database):
    """The store on a disk with room for 40 more pages."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.file)
        self._most_pages: int | None = None

    @contextmanager
    def maintaining(self, *, busy_seconds: float | None = None) -> Iterator[Connection]:
        with super().maintaining(busy_seconds=busy_seconds) as connection:
            if self._most_pages is None:
                self._most_pages = sqlite.pages(connection) + 40
            connection.exec_driver_sql(f"PRAGMA max_page_count = {self._most_pages}").all()
            yield connection


@pytest.mark.parametrize(("number", "commits"), [(100, 2), (2 * group_commit.MAX_BATCH, 4)])
def test_what_gathers_while_another_writes_is_one_commit(
    number: int, commits: int, database: Database, settings: Settings, tmp_path: Path
) -> None:
    ends: list[int] = []

    def note_commit() -> None:
        with database.reading() as connection:
            ends.append(report_queue.last_number(connection))

    async def submit_while_locked() -> list[Refused | None]:
        loop = asyncio.get_running_loop()
        answers = [loop.create_future() for _number in range(number)]
        writer.answer_on(loop)
        writer.start()
        other = sqlite3.connect(tmp_path / paths.DATABASE, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        for answer in answers:
            report = make_report(0)
            writer.submit(msgspec.structs.astuple(report)[1:], answer.set_result)
        other.execute("COMMIT")
        other.close()
        return await asyncio.wait_for(asyncio.gather(*answers), timeout=20)

    writer = group_commit.GroupCommit(database, settings, on_arrival=note_commit)
    answers = asyncio.run(submit_while_locked())
    writer.stop()
    assert answers == [None] * number
    assert ends[-1] == number
    # The first batch is what the thread saw when it woke, be it one report; the others are full.
    assert len(ends) <= commits
    sizes = [end - begin for begin, end in itertools.pairwise([0, *ends])]
    assert max(sizes) <= group_commit.MAX_BATCH


def test_one_report_that_cannot_be_written_spares_the_others(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = report_queue.append

    def append_unless_cursed(connection: Connection, rows: list[tuple[object, ...]]) -> None:
        if any(row[3] == "cursed" for row in rows):
            raise ValueError("no")
        real(connection, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(report_queue, "append", append_unless_cursed)
    running = Running(database, settings)
    names = ["fine", "cursed", "fine", "cursed", "fine"] * 3

    def send(number: int) -> int:
        key = {"X-Sentry-Auth": f"Sentry sentry_key={names[number]}"}
        return running.ask(body=envelope(f"{number:032x}"), headers=key).status

    statuses = in_parallel(len(names), send)
    assert statuses == [200 if name == "fine" else 503 for name in names]
    assert [report.id for report in running.stored()] == list(range(1, names.count("fine") + 1))
    running.stop()


def test_the_stop_waits_for_what_was_taken(running: Running, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / paths.DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection = running.connect()
    connection.request("POST", "/api/1/envelope/", envelope(EVENT))
    # Once this is answered, what was sent before has been read.
    running.ask("GET", "/")
    stopping = threading.Thread(target=running.receiver.stop)
    stopping.start()
    other.execute("COMMIT")
    other.close()
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b'{"id": "%s"}' % EVENT.encode())
    stopping.join()
    assert len(running.stored()) == 1


def test_nothing_is_acknowledged_into_a_file_that_was_taken_away(running: Running, tmp_path: Path) -> None:
    assert running.ask(body=envelope(EVENT)).status == 200
    moved = tmp_path.with_name(f"{tmp_path.name} moved")
    tmp_path.rename(moved)
    for _time in range(3):
        answer = running.ask(body=envelope(EVENT))
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 0
        assert b"taken away" in answer.body
        assert str(tmp_path).encode() not in answer.body
    assert b"taken away" in running.ask("GET", "/").body
    moved.rename(tmp_path)
    running.commits.health.examine()
    assert running.ask(body=envelope("1" * 32)).status == 200
    assert b"taken away" not in running.ask("GET", "/").body
    # The first that met the fault was written, though nobody was told that it is safe.
    assert [report.event_id for report in running.stored()] == [EVENT, EVENT, "1" * 32]
    assert [report.id for report in running.stored()] == [1, 2, 3]


def test_between_two_stores_all_are_turned_away_and_answered(
    running: Running, database: Database, tmp_path: Path
) -> None:
    assert running.ask(body=envelope(EVENT)).status == 200
    running.commits.let_go()
    assert in_parallel(8, lambda number: running.ask(body=envelope(f"{number:032x}")).status) == [503] * 8
    fresh = open_for_engine(tmp_path / "fresh").database
    running.commits.use(fresh)
    assert running.ask(body=envelope("2" * 32)).status == 200
    with fresh.reading() as connection:
        assert report_queue.last_number(connection) == 1
    assert [report.event_id for report in running.stored()] == [EVENT]
    running.commits.let_go()
    fresh.close()


def test_what_is_carried_over_is_written_with_what_belongs_to_it_or_not_at_all(running: Running) -> None:
    assert running.ask(body=envelope(EVENT)).status == 200
    rows = [(1, "sentry.envelope", "shop", f"{n}", "", b"", b"") for n in range(3)]
    running.commits.carry_over(rows, lambda connection: _reject(connection, 7)).result(20)

    def fail(connection: Connection) -> None:
        _reject(connection, 8)
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(DBAPIError):
        running.commits.carry_over(rows, fail).result(20)
    assert running.ask(body=envelope(EVENT)).status == 200
    assert [report.id for report in running.stored()] == [1, 2, 3, 4, 5]
    with running.database.reading() as connection:
        assert connection.execute(select(state.c.rejected)).scalar_one() == 7


def _reject(connection: Connection, number: int) -> None:
    connection.execute(update(state).values(rejected=number))
