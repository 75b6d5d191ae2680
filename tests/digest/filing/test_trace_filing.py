"""Traces are filed with their batch, once, and within their bounds."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from app import preferences
from app.digest.entries import trace_entries
from app.digest.pipeline import HURRIED_AFTER, Digest
from app.model import Report
from app.settings import Settings
from app.store.database import Database
from app.store.queue import queue_overview
from app.store.traces import trace_lookup, trace_rows
from app.store.traces.trace_lookup import TraceNumbers
from app.traces import packing
from tests.factories import NOON, SECOND, Store, append, envelope, make_report

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CONTEXT = {"trace": {"trace_id": TRACE, "span_id": "c" * 16, "op": "http.server"}}


def item(kind: str, payload: dict[str, Any]) -> bytes:
    """An envelope of one item."""
    body = json.dumps(payload).encode()
    head = json.dumps({"type": kind, "length": len(body)}).encode()
    return b"\n".join((b"{}", head, body, b""))


def transaction(number: int, spans: int = 2) -> Report:
    below = [
        {"span_id": f"{n + 1:016x}", "parent_span_id": "c" * 16, "op": "db", "description": f"SELECT {n}"}
        for n in range(spans)
    ]
    whole = {
        "type": "transaction",
        "transaction": "/pay",
        "contexts": CONTEXT,
        "start_timestamp": NOON / SECOND,
        "timestamp": NOON / SECOND + 1,
        "spans": below,
    }
    return make_report(number, body=item("transaction", whole))


def error(number: int) -> Report:
    """An error with the same id each time."""
    return make_report(number, body=envelope("e" * 32, contexts=CONTEXT))


class Bench:
    """A digest on a store."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.store = Store(database)
        self.database = database
        self.folder = folder
        self.now = NOON

    def digest(self, *reports: Report) -> None:
        append(self.database, *reports)
        Digest(self.database, Settings(data_dir=self.folder), clock=lambda: self.now).run()

    def numbers(self) -> TraceNumbers:
        return self.store.read(trace_lookup.numbers_of, TRACE, NOON)

    def spans(self) -> list[str]:
        parts = self.store.read(trace_lookup.parts, self.numbers().parts)
        return [span.name for part in parts for span in packing.unpack(part.content).spans]


@pytest.fixture
def bench(database: Database, tmp_path: Path) -> Bench:
    return Bench(database, tmp_path)


def test_the_trace_of_an_error_is_stored_and_counted_as_before(bench: Bench) -> None:
    bench.digest(error(1), transaction(2))
    assert bench.spans() == ["/pay", "SELECT 0", "SELECT 1"]
    assert bench.numbers() == TraceNumbers((1,), (1,))
    assert bench.store.read(trace_lookup.transaction_times, "shop", "/pay", 0) == [NOON]
    status = bench.store.read(queue_overview.status)
    assert (status.received, status.pending, status.digested, status.dead, status.events) == (2, 0, 2, 0, 1)
    counts = bench.store.read(lambda c: c.exec_driver_sql("SELECT kind, count FROM item_counts").all())
    assert [tuple(row) for row in counts] == [("transaction", 1)]
    # The report itself is not kept for its spans.
    assert bench.store.read(lambda c: c.exec_driver_sql("SELECT id FROM reports").scalars().all()) == [1]


def test_a_batch_that_fails_at_its_end_stores_each_span_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = trace_rows.add
    failing = [True, True]

    def adding(*arguments: Any) -> None:
        add(*arguments)
        if failing and failing.pop():
            raise RuntimeError("in the middle of it")

    monkeypatch.setattr(trace_rows, "add", adding)
    append(bench.database, error(1), transaction(2))
    for _run in range(5):
        Digest(bench.database, Settings(data_dir=bench.folder), clock=lambda: bench.now).run()
        bench.now += 200 * SECOND
    assert bench.spans() == ["/pay", "SELECT 0", "SELECT 1"]
    assert bench.numbers() == TraceNumbers((1,), (1,))
    assert bench.store.read(queue_overview.status).dead == 0


def test_an_error_that_is_sent_again_is_listed_once(bench: Bench) -> None:
    bench.digest(error(1))
    bench.digest(error(2))
    assert bench.numbers().events == (1,)


def test_switched_off_nothing_is_read_or_stored(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    preferences.change(bench.folder, traces_stored=False)
    read: list[Report] = []
    monkeypatch.setattr(trace_entries, "of", lambda report, *_more: read.append(report))
    bench.digest(error(1), transaction(2))
    assert read == []
    assert bench.numbers() == TraceNumbers()
    assert bench.store.read(queue_overview.status).digested == 2


def test_traces_that_cannot_be_read_hold_up_no_error(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_arguments: Any) -> None:
        raise ValueError("no span")

    monkeypatch.setattr(trace_entries, "of", raising)
    bench.digest(error(1), transaction(2))
    status = bench.store.read(queue_overview.status)
    assert (status.digested, status.dead, status.events) == (2, 0, 1)


def test_what_waited_longer_than_it_would_be_stored_is_not(bench: Bench) -> None:
    bench.now = NOON + 2 * 3_600 * SECOND
    bench.digest(transaction(1))
    assert bench.store.read(trace_rows.stored_bytes) == 0


def test_more_than_there_is_room_for_goes_as_it_comes(bench: Bench) -> None:
    preferences.change(bench.folder, traces_megabytes=1)
    noise = random.Random(7)
    for n in range(12):
        bodies = (noise.randbytes(1_700).hex() for _line in range(100))
        lines = [{"timestamp": NOON / SECOND, "level": "info", "body": body} for body in bodies]
        bench.digest(make_report(n + 1, body=item("log", {"items": lines}), at=NOON + n * 5 * SECOND))
    assert 500_000 < bench.store.read(trace_rows.stored_bytes) <= 1_000_000
    near = bench.store.read(trace_lookup.lines_around, "shop", NOON, NOON + 100 * SECOND)
    assert near[-1] == 12
    assert near[0] > 1


def test_while_much_waits_spans_are_only_counted(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.digest.pipeline.BATCH_REPORTS", 3)
    bench.now = NOON + 2 * HURRIED_AFTER
    bench.digest(error(1), *(transaction(number) for number in range(2, 9)))
    assert bench.numbers() == TraceNumbers((1, 2), (1,))
    status = bench.store.read(queue_overview.status)
    assert (status.digested, status.events) == (8, 1)
    # It has caught up, and later is not behind.
    bench.digest(*(transaction(number) for number in range(9, 12)))
    assert len(bench.numbers().parts) == 5
    bench.now = NOON
    bench.digest(*(transaction(number) for number in range(12, 17)))
    assert len(bench.numbers().parts) == 10


def test_a_large_report_is_filed_with_its_spans_once(bench: Bench) -> None:
    bench.digest(transaction(1, spans=4_000), error(2))
    while bench.store.read(queue_overview.status).pending:
        bench.digest()
    assert len(bench.spans()) == 4_001
