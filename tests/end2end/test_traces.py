"""Spans and log lines of real clients, stored beside their errors by the real engine."""

import http.client
import json
import os
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path

import psutil

from app import preferences, trace_detail
from app.clock import now_micros
from app.detail import read_event
from app.digest.trace_choice import LOOKED_AT_EVERY_SECONDS
from app.store.database import open_existing
from app.store.engine_state import job_requests
from app.store.traces import trace_lookup, trace_rows
from app.store.upkeep import trace_sweep
from app.trace_detail import Around
from tests.end2end.engine_process import EngineProcess, wait_until
from tests.factories import SECOND

APPS = Path(__file__).parent / "apps"


def run_shop(engine: EngineProcess) -> None:
    """Let the shop fail, and wait until its errors are filed."""
    environment = {name: value for name, value in os.environ.items() if name != "SENTRY_SPOTLIGHT"}
    subprocess.run(
        [sys.executable, APPS / "traced_shop.py", str(engine.port)],
        check=True,
        capture_output=True,
        timeout=60,
        env=environment | {"ELASTIC_APM_VERIFY_SERVER_CERT": "false"},
    )
    engine.wait_digested(2)


def around(folder: Path, title: str) -> Around:
    """What is stored around the newest event of this title."""
    with closing(open_existing(folder)) as database, database.reading() as connection:
        for pk in range(20, 0, -1):
            detail = read_event(connection, pk)
            if detail is not None and detail.event.title.startswith(title):
                return trace_detail.read_around(connection, detail.event, pk)
    raise AssertionError(f"no event {title}")


def names(found: Around) -> list[str]:
    return [f"{'  ' * bar.depth}{bar.project}: {bar.span.name}" for bar in found.waterfall.bars]


def stored_bytes(folder: Path) -> int:
    with closing(open_existing(folder)) as database, database.reading() as connection:
        return trace_rows.stored_bytes(connection)


def test_one_trace_through_all_services_until_it_is_switched_off(
    engine: EngineProcess,
) -> None:
    run_shop(engine)
    found = around(engine.data_dir, "KeyError")
    assert names(found) == [
        "traced_shop: checkout",
        "  traced_shop: GET /balance",
        "    bank: balance",
    ]
    assert found.waterfall.place_of(found.span_id) == 0
    messages = [each.line.message for each in found.lines]
    assert messages[:2] == ["checkout of 7 begins", "the bank answers slowly"]
    assert not found.by_time
    job = around(engine.data_dir, "ValueError")
    assert names(job) == ["nightly: nightly report", "  nightly: read orders"]
    with closing(open_existing(engine.data_dir)) as database, database.reading() as connection:
        times = trace_lookup.transaction_times(connection, "traced_shop", "checkout", 0)
    assert times == [found.waterfall.start]
    status = engine.status()
    assert status["received"] == status["pending"] + status["digested"] + status["dead"]

    switched_off(engine)
    run_shop(engine)
    engine.wait_digested(4)
    assert stored_bytes(engine.data_dir) == 0


def switched_off(engine: EngineProcess) -> None:
    """Switch traces off as the window does, and wait until all are gone and the digest knows it."""
    assert stored_bytes(engine.data_dir) > 0
    preferences.change(engine.data_dir, traces_stored=False)
    with closing(open_existing(engine.data_dir)) as database, database.writing() as connection:
        job_requests.add(connection, trace_sweep.JOB, now_micros())
    until = now_micros() + round(1.2 * LOOKED_AT_EVERY_SECONDS * SECOND)
    wait_until(lambda: stored_bytes(engine.data_dir) == 0, "the traces to go")
    wait_until(lambda: now_micros() > until, "the digest's next look at the preferences")


def test_a_digest_that_is_killed_stores_each_span_once(tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path)
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=30)
    traces = [uuid.uuid4().hex for _number in range(300)]
    for number, trace_id in enumerate(traces):
        connection.request("POST", "/api/1/envelope/?sentry_key=shop", transaction(trace_id))
        assert connection.getresponse().read()
        if number in (40, 150):
            for child in psutil.Process(engine.process.pid).children():
                if "spawn_main" in " ".join(child.cmdline()):
                    child.kill()
    connection.close()
    engine.wait_digested(0)
    engine.stop()
    with closing(open_existing(tmp_path)) as database, database.reading() as reading:
        found = [
            trace_lookup.parts(reading, trace_lookup.numbers_of(reading, trace_id, now_micros()).parts)
            for trace_id in traces
        ]
    assert [len(parts) for parts in found] == [1] * len(traces)


def transaction(trace_id: str) -> bytes:
    """A transaction as an envelope."""
    at = now_micros() / SECOND
    payload = {
        "transaction": "/pay",
        "contexts": {"trace": {"trace_id": trace_id, "span_id": "c" * 16}},
        "start_timestamp": at - 1,
        "timestamp": at,
    }
    return b'{}\n{"type":"transaction"}\n' + json.dumps(payload).encode() + b"\n"
