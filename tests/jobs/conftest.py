"""The jobs as they are, and the digest's process alone."""

import multiprocessing
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest

from app.jobs import digest_tasks
from app.jobs.jobs import Jobs
from app.settings import Settings
from tests.factories import Store

PATIENCE_SECONDS = 30


class Announced:
    """Remembers the newest revision that was announced."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._revision = 0

    def __call__(self, revision: int) -> None:
        with self._changed:
            self._revision = revision
            self._changed.notify_all()

    def wait_for(self, revision: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._revision >= revision, PATIENCE_SECONDS)


@pytest.fixture
def announced() -> Announced:
    """What the jobs announce."""
    return Announced()


@pytest.fixture
def all_jobs(store: Store, announced: Announced) -> Iterator[Jobs]:
    """The jobs as they are."""
    jobs = Jobs(Settings(data_dir=store.database.file.parent), store.database, announced)
    jobs.start()
    yield jobs
    jobs.stop()


class DigestProcess:
    """A process that was started as the digest's is, and its end of what it shares with the engine."""

    def __init__(self, store: Store) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.revisions, sender = spawn.Pipe(duplex=False)
        self.stopping = spawn.Event()
        given = (Settings(data_dir=store.database.file.parent), sender, self.stopping)
        self.pool = ProcessPoolExecutor(1, spawn, digest_tasks.start, given)


@pytest.fixture
def digest_process(store: Store) -> Iterator[DigestProcess]:
    """A digest's process on the store."""
    process = DigestProcess(store)
    yield process
    process.pool.shutdown()
