"""What others write is seen, whoever they are; what the watcher writes itself is not."""

import queue
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection

from app.store import watch
from app.store.engine_state import job_requests
from app.store.inbox import actions, issues
from app.store.watch import Watch
from tests.factories import NOON, Store, make_event

PATIENCE_SECONDS = 30
# Long enough for a second look to have come, if there was one.
QUIET_SECONDS = 0.2
SEVEN = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as connection:
    connection.execute("UPDATE state SET revision = 7")
connection.close()
"""
Looks = queue.Queue[int]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "POLL_SECONDS", 0.01)
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.01)


@pytest.fixture
def watching(store: Store) -> Iterator[Callable[[Callable[[Connection], int]], Looks]]:
    """Watches the store; what `look` returns comes in the queue."""
    made: list[Watch] = []

    def start(look: Callable[[Connection], int]) -> Looks:
        looks = Looks()
        made.append(Watch(store.database, lambda connection: looks.put(look(connection))))
        made[-1].start()
        return looks

    yield start
    for each in made:
        each.stop()


def test_it_looks_at_first_and_when_somebody_has_written(
    watching: Callable[[Callable[[Connection], int]], Looks], store: Store
) -> None:
    store.file(make_event())
    looks = watching(issues.revision)
    assert looks.get(timeout=PATIENCE_SECONDS) == 1
    with pytest.raises(queue.Empty):
        looks.get(timeout=QUIET_SECONDS)
    store.write(actions.resolve, [1], NOON)
    assert looks.get(timeout=PATIENCE_SECONDS) == 2


def test_another_process_is_seen(
    watching: Callable[[Callable[[Connection], int]], Looks], store: Store
) -> None:
    looks = watching(issues.revision)
    looks.get(timeout=PATIENCE_SECONDS)
    subprocess.run([sys.executable, "-c", SEVEN, store.database.file], check=True)
    assert looks.get(timeout=PATIENCE_SECONDS) == 7


def test_what_the_look_writes_itself_is_no_news(
    watching: Callable[[Callable[[Connection], int]], Looks], store: Store
) -> None:
    def accept_all(connection: Connection) -> int:
        waiting = job_requests.waiting(connection)
        job_requests.remove(connection, waiting)
        return len(waiting)

    looks = watching(accept_all)
    assert looks.get(timeout=PATIENCE_SECONDS) == 0
    store.write(job_requests.add, "retention", NOON)
    assert looks.get(timeout=PATIENCE_SECONDS) == 1
    with pytest.raises(queue.Empty):
        looks.get(timeout=QUIET_SECONDS)
    assert store.read(job_requests.waiting) == []


def test_a_look_that_finds_the_store_locked_comes_again(
    watching: Callable[[Callable[[Connection], int]], Looks], store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.write(job_requests.add, "retention", NOON)

    def accept_all(connection: Connection) -> int:
        waiting = job_requests.waiting(connection)
        job_requests.remove(connection, waiting)
        return len(waiting)

    with closing(sqlite3.connect(store.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        looks = watching(accept_all)
        with pytest.raises(queue.Empty):
            looks.get(timeout=QUIET_SECONDS)
        other.execute("ROLLBACK")
    assert looks.get(timeout=PATIENCE_SECONDS) == 1
    assert "locked" in caplog.text
