"""Large reports: no other waits for them; their events are filed in slices, each once, whatever is killed."""

import gzip
import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.digest import slow_lane, understanding
from app.digest.pipeline import Digest
from app.model import Report
from app.protocols.sketch import Outlined
from app.settings import Settings
from app.store.database import Database, open_existing
from app.store.inbox.counts import recent_counts
from app.store.queue import dead_letters, queue_overview, report_queue
from tests.factories import NOON, SECOND, append, envelope, make_report

MANY = 35
SLICE = 10
LARGE = b" " * (slow_lane.LARGE_BYTES + 1)


@pytest.fixture(autouse=True)
def _small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow_lane, "SLICE_EVENTS", SLICE)


def many(count: int = MANY) -> bytes:
    """An envelope of so many events, which is large for the padding behind them."""
    event = b'{"type":"event"}\n{"event_id":"%032x","message":"order %d"}\n'
    session = b'{"type":"session"}\n{}\n'
    return b"{}\n" + b"".join(event % (n + 1, n % 2) for n in range(count)) + session + b"\n" * len(LARGE)


def digest_of(database: Database, folder: Path) -> Digest:
    return Digest(database, Settings(data_dir=folder), clock=lambda: NOON)


def counted(database: Database, question: str) -> list[tuple[object, ...]]:
    with database.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(question).all()]


def assert_filed_once(database: Database) -> None:
    with database.reading() as connection:
        status = queue_overview.status(connection)
    assert (status.received, status.pending, status.digested, status.dead) == (1, 0, 1, 0)
    assert counted(database, "SELECT ordinal FROM events ORDER BY ordinal") == [(n,) for n in range(MANY)]
    assert counted(database, "SELECT SUM(count) FROM issues") == [(MANY,)]
    with database.writing() as connection:
        recent_counts.settle_all(connection)
    assert counted(database, "SELECT SUM(count) FROM issue_hours") == [(MANY,)]
    assert counted(database, "SELECT reports FROM callers") == [(1,)]
    assert counted(database, "SELECT kind, count FROM item_counts") == [("session", 1)]
    assert counted(database, "SELECT COUNT(*) FROM setbacks") == [(0,)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (envelope("a" * 32), False),
        (envelope("a" * 32, extra={"text": "x" * slow_lane.LARGE_BYTES}), True),
        (gzip.compress(envelope("a" * 32, extra={"text": "x" * 1_000}), mtime=0), False),
        (gzip.compress(envelope("a" * 32, extra={"text": "x" * slow_lane.LARGE_BYTES}), mtime=0), True),
        (gzip.compress(b"{}\n" + b'{"type":"event"}\n{}\n' * slow_lane.MANY_PARTS, mtime=0), True),
        (b"\x1f\x8b broken", False),
    ],
)
def test_size_and_number_of_parts_make_a_report_large(body: bytes, expected: bool) -> None:
    assert slow_lane.is_large(make_report(1, body=body)) is expected


def test_an_event_behind_large_reports_is_filed_before_them(database: Database, tmp_path: Path) -> None:
    small = make_report(3)
    append(database, make_report(1, body=many()), make_report(2, body=LARGE), small)
    digest_of(database, tmp_path).run()
    (first,) = counted(database, "SELECT event_id FROM events ORDER BY id LIMIT 1")
    assert first == (small.event_id,)
    assert counted(database, "SELECT COUNT(*) FROM events") == [(MANY + 2,)]


def test_an_event_that_comes_between_two_slices_is_filed_there(database: Database, tmp_path: Path) -> None:
    append(database, make_report(1, body=many()))
    late = make_report(2)
    came: list[int] = []

    def committed(revision: int) -> None:
        if not came:
            append(database, late)
        came.append(revision)

    Digest(database, Settings(data_dir=tmp_path), committed=committed, clock=lambda: NOON).run()
    filed = counted(database, "SELECT report_id FROM events ORDER BY id")
    assert filed == [*[(1,)] * SLICE, (2,), *[(1,)] * (MANY - SLICE)]


def test_each_slice_is_a_transaction_and_the_sum_holds_in_between(database: Database, tmp_path: Path) -> None:
    append(database, make_report(1, body=many()))
    seen: list[tuple[int, int, int, int]] = []

    def committed(_revision: int) -> None:
        with database.reading() as connection:
            status = queue_overview.status(connection)
        assert status.received == status.pending + status.digested + status.dead
        ((filed,),) = counted(database, "SELECT COALESCE(MAX(filed), -1) FROM setbacks") or ((-1,),)
        seen.append((status.pending, status.digested, status.events, int(str(filed))))

    Digest(database, Settings(data_dir=tmp_path), committed=committed, clock=lambda: NOON).run()
    assert seen == [(1, 0, 10, 10), (1, 0, 20, 20), (1, 0, 30, 30), (0, 1, 35, -1)]
    assert_filed_once(database)


def _die_after(folder: Path, slices: int) -> None:
    """Digest in this process, and be killed behind so many commits."""
    slow_lane.SLICE_EVENTS = SLICE
    left = [slices]

    def committed(_revision: int) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    database = open_existing(folder, durable=False)
    Digest(database, Settings(data_dir=folder), committed=committed, clock=lambda: NOON).run()


@pytest.mark.parametrize("slices", [1, 2, 3])
def test_a_kill_between_slices_loses_and_doubles_nothing(
    database: Database, tmp_path: Path, slices: int
) -> None:
    append(database, make_report(1, body=many()))
    process = multiprocessing.get_context("spawn").Process(target=_die_after, args=(tmp_path, slices))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert counted(database, "SELECT filed FROM setbacks") == [(slices * SLICE,)]

    later = NOON + 1_000 * SECOND
    Digest(database, Settings(data_dir=tmp_path), clock=lambda: later).run()
    assert_filed_once(database)


def test_one_that_fails_is_tried_again_and_is_dead_at_last(database: Database, tmp_path: Path) -> None:
    append(database, make_report(1, body=many()), make_report(2))
    now = [NOON]

    def understand(report: Report, limit: int) -> Outlined:
        if report.id == 1:
            raise ValueError("bad")
        return understanding.sketch(report, limit)

    digest = Digest(database, Settings(data_dir=tmp_path), clock=lambda: now[0], understand=understand)
    for _number in range(5):
        digest.run()
        now[0] += 1_000 * SECOND
    with database.reading() as connection:
        status = queue_overview.status(connection)
        (setback,) = queue_overview.setbacks(connection)
    assert (status.pending, status.digested, status.dead, status.events) == (0, 1, 1, 1)
    assert (setback.attempts, setback.error) == (5, "ValueError: bad")

    with database.writing() as connection:
        dead_letters.retry(connection, [1], now[0])
    Digest(database, Settings(data_dir=tmp_path), clock=lambda: now[0]).run()
    assert counted(database, "SELECT COUNT(*) FROM events") == [(MANY + 1,)]


def test_one_that_is_given_up_between_slices_ends_there(database: Database, tmp_path: Path) -> None:
    append(database, make_report(1, body=many()))

    def committed(_revision: int) -> None:
        with database.writing() as connection:
            dead_letters.discard(connection, [1], NOON)

    Digest(database, Settings(data_dir=tmp_path), committed=committed, clock=lambda: NOON).run()
    with database.reading() as connection:
        status = queue_overview.status(connection)
    assert (status.pending, status.digested, status.events) == (0, 1, SLICE)


def test_the_same_report_again_files_nothing_and_is_removed(database: Database, tmp_path: Path) -> None:
    first = make_report(1, body=many())
    append(database, first, replace(first, id=2))
    digest_of(database, tmp_path).run()
    assert counted(database, "SELECT COUNT(*) FROM events") == [(MANY,)]
    assert counted(database, "SELECT id FROM reports") == [(1,)]


def test_what_is_claimed_to_be_tried_again_is_bounded_in_bytes(database: Database) -> None:
    append(database, *(make_report(n, body=LARGE) for n in range(1, 5)))
    with database.writing() as connection:
        for number in range(1, 5):
            setback = report_queue.ReportSetback(
                report_id=number, attempts=1, due_at=NOON, dead=False, error="", traceback=""
            )
            report_queue.set_back(connection, setback)
    with database.reading() as connection:
        assert len(report_queue.claim_due(connection, NOON, SECOND, limit=50, max_bytes=len(LARGE) + 1)) == 2


@pytest.mark.parametrize(
    ("protocol", "body", "is_many"),
    [
        ("arecibo.v1", b"account=shop&count=500", True),
        ("arecibo.v1", b"count=500&account=shop", True),
        ("arecibo.v1", b"account=500&count=99", False),
        ("email", b'To: a\r\n\r\n{"account": "a", "count": 500}', True),
        ("email", b'To: a\r\n\r\nWe count=500 sheep, "counted": 500', False),
        ("plain", b"account=shop&count=500", False),
    ],
)
def test_a_report_that_counts_hundreds_leaves_the_line(protocol: str, body: bytes, is_many: bool) -> None:
    assert slow_lane.is_large(replace(make_report(1, body=body), protocol=protocol)) is is_many


@pytest.mark.parametrize("number", [3, 300])
def test_so_many_at_once_count_in_the_issue(database: Database, tmp_path: Path, number: int) -> None:
    body = b"account=shop&type=KeyError&msg=no&uid=1&count=%d" % number
    append(database, replace(make_report(1, body=body), protocol="arecibo.v1", head=b"POST /v/1/ HTTP/1.1"))
    digest_of(database, tmp_path).run()
    assert counted(database, "SELECT SUM(count), COUNT(*) FROM issues") == [(number, 1)]
    assert counted(database, "SELECT COUNT(DISTINCT event_id) FROM events") == [(number,)]
