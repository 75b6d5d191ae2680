"""The digest's process is killed, stopped or cannot be started: its owner learns it, the next one works."""

import os
import queue
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from multiprocessing import get_context
from typing import Any

import psutil
import pytest
from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_SUBMITTED, JobExecutionEvent
from apscheduler.schedulers.background import BackgroundScheduler

from app.jobs import digest_tasks
from app.jobs.digest_pool import DigestPool, EngineThreads
from app.jobs.jobs import Jobs
from app.settings import Settings
from tests.factories import Store, append, make_report
from tests.jobs.conftest import PATIENCE_SECONDS, Announced


class Trial:
    """A scheduler with a real pool; the queues hold what the pool and the scheduler have reported."""

    def __init__(self, store: Store) -> None:
        self.died: queue.Queue[str] = queue.Queue()
        self.not_started: queue.Queue[str] = queue.Queue()
        self.submitted: queue.Queue[str] = queue.Queue()
        self.ended: queue.Queue[tuple[str, Any]] = queue.Queue()
        spawn = get_context("spawn")
        self._receiver, sender = spawn.Pipe(duplex=False)
        given = (Settings(data_dir=store.database.file.parent), sender, spawn.Event())
        self.pool = DigestPool(given, self.died.put, lambda job, _why: self.not_started.put(job))
        self.threads = EngineThreads(1, lambda job, _why: self.not_started.put(job))
        self.scheduler = BackgroundScheduler(executors={"process": self.pool, "thread": self.threads})
        self.scheduler.add_listener(lambda event: self.submitted.put(event.job_id), EVENT_JOB_SUBMITTED)
        self.scheduler.add_listener(self._note_end, EVENT_JOB_EXECUTED)
        self.scheduler.start()

    def _note_end(self, event: JobExecutionEvent) -> None:
        self.ended.put((event.job_id, event.retval))

    def submit(self, name: str, run: Callable[[], object], executor: str = "process") -> None:
        """Have the scheduler run a job once, now."""
        self.scheduler.add_job(run, id=name, executor=executor, misfire_grace_time=None)
        self.submitted.get(timeout=PATIENCE_SECONDS)

    def run(self, name: str, run: Callable[[], object]) -> object:
        """Run a job to its end; returns what it returned."""
        self.submit(name, run)
        ended, result = self.ended.get(timeout=PATIENCE_SECONDS)
        assert ended == name
        return result


@pytest.fixture
def trial(store: Store) -> Iterator[Trial]:
    trial = Trial(store)
    yield trial
    trial.scheduler.shutdown()


def unfinished(pool: DigestPool) -> list[str]:
    return list(pool.unfinished)


def kill(pool: DigestPool) -> None:
    assert pool.pid is not None
    os.kill(pool.pid, signal.SIGKILL)


def test_one_process_runs_one_job_after_the_other(trial: Trial, store: Store) -> None:
    pids = [trial.pool.pid]
    append(store.database, make_report(1), make_report(2))
    assert trial.run("digest", digest_tasks.digest) == 2
    pids.append(trial.pool.pid)
    assert trial.run("retention", digest_tasks.regroup) == 0
    pids.append(trial.pool.pid)
    assert pids[0] is None
    assert pids[1] not in (None, os.getpid())
    assert pids[2] == pids[1]
    assert unfinished(trial.pool) == []


@pytest.mark.parametrize("end", [kill, DigestPool.replace])
def test_jobs_whose_process_ended_are_reported_and_the_next_has_another(
    trial: Trial, end: Callable[[DigestPool], None]
) -> None:
    trial.run("retention", digest_tasks.regroup)
    stopped = trial.pool.pid
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    trial.submit("digest", digest_tasks.digest)
    trial.submit("regroup", digest_tasks.regroup)
    assert unfinished(trial.pool) == ["digest", "regroup"]
    end(trial.pool)
    assert {trial.died.get(timeout=PATIENCE_SECONDS) for _job in range(2)} == {"digest", "regroup"}
    assert unfinished(trial.pool) == []
    assert trial.run("digest", digest_tasks.digest) == 0
    assert trial.pool.pid != stopped


def test_a_job_that_no_process_takes_is_reported_and_the_next_has_another(trial: Trial) -> None:
    trial.run("retention", digest_tasks.regroup)
    trial.pool.shutdown()
    trial.submit("digest", digest_tasks.digest)
    assert trial.not_started.get(timeout=PATIENCE_SECONDS) == "digest"
    assert trial.run("digest", digest_tasks.digest) == 0


def test_a_job_that_no_thread_takes_is_reported(trial: Trial) -> None:
    trial.threads.shutdown()
    trial.submit("checkpoint", os.getpid, "thread")
    assert trial.not_started.get(timeout=PATIENCE_SECONDS) == "checkpoint"


def test_a_digest_that_cannot_be_started_is_tried_again(
    all_jobs: Jobs, announced: Announced, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_jobs._digest_runs.wait_idle(PATIENCE_SECONDS)
    submit, failures = all_jobs._pool._submit, iter([OSError(24, "Too many open files"), MemoryError()])

    def submit_at_last(*arguments: Any) -> Future[Any]:
        for failure in failures:
            raise failure
        return submit(*arguments)

    monkeypatch.setattr(all_jobs._pool, "_submit", submit_at_last)
    append(store.database, make_report(1))
    all_jobs.wake()
    assert announced.wait_for(1), "it failed once, and is gone"


def test_jobs_end_though_their_process_is_stopped(
    store: Store, announced: Announced, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.jobs.DRAIN_SECONDS", 0.1)
    monkeypatch.setattr("app.jobs.digest_pool.STOP_SECONDS", 0.1)
    jobs = Jobs(Settings(data_dir=store.database.file.parent), store.database, announced)
    jobs.start()
    jobs._digest_runs.wait_idle(PATIENCE_SECONDS)
    process = psutil.Process(jobs._pool.pid)
    process.suspend()
    append(store.database, make_report(1))
    jobs.wake()
    jobs.stop()
    process.wait(PATIENCE_SECONDS)
