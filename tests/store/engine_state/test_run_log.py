"""What jobs did is written down beside them, whatever the store has to say."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing

import pytest

from app.store.engine_state import job_runs, run_log
from app.store.engine_state.run_log import RunLog
from tests.factories import NOON, SECOND, Store

JOBS = {"sweep": 300.0, "digest": None}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_log, "NEWS_SECONDS", 0.01)
    monkeypatch.setattr(run_log, "PATIENCE_SECONDS", 0.01)


def due() -> Mapping[str, int | None]:
    return {"sweep": NOON + 300 * SECOND, "digest": None}


@pytest.fixture
def make(store: Store) -> Iterator[Callable[[], RunLog]]:
    made: list[RunLog] = []

    def make() -> RunLog:
        log = RunLog(store.database, JOBS, due)
        log.start()
        made.append(log)
        return log

    yield make
    for log in made:
        log.stop()


def wait_until_written(store: Store, job: str, runs: int) -> job_runs.JobRun:
    for _look in range(3_000):
        found = store.read(job_runs.get, job)
        if found is not None and found.runs == runs:
            return found
        threading.Event().wait(0.01)
    raise AssertionError(f"{runs} runs of {job} were never written")


def test_every_job_is_there_before_it_ever_ran(make: Callable[[], RunLog], store: Store) -> None:
    make()
    sweep = wait_until_written(store, "sweep", 0)
    assert (sweep.every, sweep.last_started, sweep.last_error) == (300.0, None, None)
    assert sweep.next_due is not None
    assert wait_until_written(store, "digest", 0).next_due is None


def test_what_is_news_is_written_at_once_and_takes_the_rest_along(
    make: Callable[[], RunLog], store: Store
) -> None:
    log = make()
    wait_until_written(store, "sweep", 0)
    for _run in range(3):
        log.ended("digest", NOON, NOON + 1_000, None)
    log.ended("sweep", NOON, NOON + SECOND, None)
    sweep = wait_until_written(store, "sweep", 1)
    assert sweep.seconds == 1.0
    assert wait_until_written(store, "digest", 3).seconds == 0.001
    log.ended("digest", NOON, NOON + 1_000, "KeyError: 'x'")
    assert wait_until_written(store, "digest", 4).last_error == "KeyError: 'x'"
    log.ended("digest", NOON, NOON + 1_000, None)
    assert wait_until_written(store, "digest", 5).last_error is None


def test_the_next_engine_counts_on_and_forgets_jobs_that_are_no_more(
    make: Callable[[], RunLog], store: Store
) -> None:
    store.write(job_runs.prepare, {"sweep": 60.0, "gone": 1.0})
    store.write(job_runs.note, [job_runs.Runs(job="sweep", started=NOON, ended=NOON, count=7)], {})
    log = make()
    log.ended("sweep", NOON, NOON, None, is_news=True)
    assert wait_until_written(store, "sweep", 8).every == 300.0
    assert [job.job for job in store.read(job_runs.listed)] == ["digest", "sweep"]


def test_a_new_due_time_is_news(make: Callable[[], RunLog], store: Store) -> None:
    log = make()
    wait_until_written(store, "sweep", 0)
    log.ended("digest", NOON, NOON + 1_000, None)
    log.replanned()
    wait_until_written(store, "digest", 1)


def test_a_locked_store_is_waited_for_and_nothing_is_lost(make: Callable[[], RunLog], store: Store) -> None:
    log = make()
    wait_until_written(store, "sweep", 0)
    with closing(sqlite3.connect(store.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        log.ended("sweep", NOON, NOON + SECOND, None)
        threading.Event().wait(0.1)
        log.ended("sweep", NOON, NOON + 2 * SECOND, None)
        other.execute("ROLLBACK")
    assert wait_until_written(store, "sweep", 2).seconds == 2.0
