"""The digest's functions as the engine calls them: their work, and what the engine does not load for it."""

import subprocess
import sys
from pathlib import Path

from app.jobs import digest_tasks
from app.store.grouping import regrouping
from app.store.inbox.lists import events
from app.store.queue import queue_overview
from tests.factories import NOON, Store, append, make_event, make_report
from tests.jobs.conftest import PATIENCE_SECONDS, DigestProcess


def test_the_engine_loads_no_digest_for_them() -> None:
    command = [sys.executable, "-c", "import sys, app.jobs.digest_tasks; print(*sys.modules)"]
    said = subprocess.run(command, cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True)
    loaded = set(said.stdout.split())
    assert "app.jobs.digest_tasks" in loaded
    assert not {"app.jobs.digest_worker", "app.digest.pipeline", "app.protocols.table"} & loaded


def test_each_does_its_work_in_the_process(digest_process: DigestProcess, store: Store) -> None:
    store.file(make_event(function="charge"))
    store.file(make_event(function="refund"))
    store.write(regrouping.merge, [2], 1, NOON)
    append(store.database, make_report(3), make_report(4))
    pool = digest_process.pool
    assert pool.submit(digest_tasks.digest).result(PATIENCE_SECONDS) == 2
    assert store.read(queue_overview.status).digested == 4
    assert pool.submit(digest_tasks.regroup).result(PATIENCE_SECONDS) > 0
    assert store.read(events.newest, 1) == 2


def test_reports_can_be_taken_one_by_one(digest_process: DigestProcess, store: Store) -> None:
    append(store.database, *(make_report(number) for number in range(1, 4)))
    run = digest_process.pool.submit(digest_tasks.digest, isolate=True)
    run.result(PATIENCE_SECONDS)
    assert store.read(queue_overview.status).digested == 3
    revisions = [digest_process.revisions.recv_bytes() for _commit in range(3)]
    assert revisions == [b"1", b"2", b"3"]
