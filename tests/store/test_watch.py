"""Commits of any other process are noticed; those of the watch's own connection are not."""

import queue
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection

from app.store import watch
from app.store.engine_state import job_requests
from app.store.inbox.lists import issues
from app.store.inbox.triage import actions
from app.store.watch import Watch
from tests.factories import NOON, Store, make_event

PATIENCE_SECONDS = 30
SEVEN = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    connection.execute("UPDATE state SET revision = 7")
connection.close()
"""


class Calls(queue.Queue[int]):
    """What the callback returned, call by call, and the polls between which it was called or not."""

    def __init__(self) -> None:
        super().__init__()
        self._polls = threading.Semaphore(0)

    def poll(self) -> bool:
        """What the watch calls with each poll."""
        self._polls.release()
        return False

    def assert_none(self) -> None:
        """Wait for some polls more, none of which may bring a call."""
        while self._polls.acquire(blocking=False):
            pass
        for _poll in range(3):
            assert self._polls.acquire(timeout=PATIENCE_SECONDS)
        assert self.empty()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.01)


@pytest.fixture
def watching(store: Store) -> Iterator[Callable[[Callable[[Connection], int]], Calls]]:
    """Watches the store; what `changed` returns comes in the queue."""
    made: list[Watch] = []

    def start(changed: Callable[[Connection], int]) -> Calls:
        calls = Calls()
        made.append(
            Watch(
                store.database,
                lambda connection: calls.put(changed(connection)),
                has_jumped=calls.poll,
            )
        )
        made[-1].start()
        return calls

    yield start
    for each in made:
        each.stop()


def test_it_calls_at_first_and_after_each_commit_of_another(
    watching: Callable[[Callable[[Connection], int]], Calls], store: Store
) -> None:
    store.file(make_event())
    calls = watching(issues.revision)
    assert calls.get(timeout=PATIENCE_SECONDS) == 1
    calls.assert_none()
    store.write(actions.resolve, [1], NOON)
    assert calls.get(timeout=PATIENCE_SECONDS) == 2


def test_another_process_is_noticed(
    watching: Callable[[Callable[[Connection], int]], Calls], store: Store
) -> None:
    calls = watching(issues.revision)
    calls.get(timeout=PATIENCE_SECONDS)
    subprocess.run([sys.executable, "-c", SEVEN, store.database.file], check=True)
    assert calls.get(timeout=PATIENCE_SECONDS) == 7


def test_what_the_callback_writes_itself_is_no_change(
    watching: Callable[[Callable[[Connection], int]], Calls], store: Store
) -> None:
    def accept_all(connection: Connection) -> int:
        waiting = job_requests.waiting(connection)
        job_requests.remove(connection, waiting)
        return len(waiting)

    calls = watching(accept_all)
    assert calls.get(timeout=PATIENCE_SECONDS) == 0
    store.write(job_requests.add, "retention", NOON)
    assert calls.get(timeout=PATIENCE_SECONDS) == 1
    calls.assert_none()
    assert store.read(job_requests.waiting) == []


def test_a_callback_that_finds_the_store_locked_is_called_again(
    watching: Callable[[Callable[[Connection], int]], Calls], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.write(job_requests.add, "retention", NOON)

    def accept_all(connection: Connection) -> int:
        waiting = job_requests.waiting(connection)
        job_requests.remove(connection, waiting)
        return len(waiting)

    with closing(sqlite3.connect(store.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        calls = watching(accept_all)
        calls.assert_none()
        other.execute("ROLLBACK")
    assert calls.get(timeout=PATIENCE_SECONDS) == 1
    assert "locked" in caplog.text
