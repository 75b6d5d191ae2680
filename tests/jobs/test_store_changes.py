"""What other processes wrote is announced, requested jobs are started, and what is due is planned."""

import multiprocessing
from collections.abc import Iterator

import pytest
from apscheduler.executors.pool import ThreadPoolExecutor
from sqlalchemy import Connection

from app.jobs.clock_jumps import Clocks
from app.jobs.job import THREAD, Job
from app.jobs.revisions import Revisions
from app.jobs.schedule import Schedule
from app.jobs.store_changes import StoreChanges
from app.store.engine_state import job_requests
from app.store.engine_state.run_log import RunLog
from app.store.inbox.triage import actions
from tests.factories import NOON, Store, make_event


class Trial:
    """Changes of a real store, and a job whose due time is set by hand."""

    def __init__(self, store: Store, schedule: Schedule, run_log: RunLog, revisions: Revisions) -> None:
        self.store = store
        self.schedule = schedule
        self.started: list[str] = []
        self.still_waiting: list[int] = []
        jobs = (Job("known", print, THREAD, due=lambda _connection: 0),)
        self.changes = StoreChanges(jobs, schedule, run_log, revisions, Clocks(), self._run_now)
        self._connection: Connection | None = None

    def _run_now(self, name: str) -> bool:
        assert self._connection is not None
        self.still_waiting.append(len(job_requests.waiting(self._connection)))
        self.started.append(name)
        return name == "known"

    def handle(self) -> None:
        with self.store.database.maintaining() as self._connection:
            self.changes.handle(self._connection)


@pytest.fixture
def announced() -> list[int]:
    return []


@pytest.fixture
def trial(store: Store, announced: list[int]) -> Iterator[Trial]:
    jobs = (Job("known", print, THREAD),)
    schedule = Schedule(
        jobs,
        {THREAD: ThreadPoolExecutor(1)},
        Clocks(),
        began=lambda _event: None,
        ended=lambda _event: None,
    )
    schedule.start()
    schedule.scheduler.pause()
    run_log = RunLog(store.database, {"known": 60.0}, schedule.next_due)
    run_log.start()
    revisions = Revisions(multiprocessing.get_context("spawn"), announced.append)
    revisions.start()
    yield Trial(store, schedule, run_log, revisions)
    run_log.stop()
    revisions.stop()
    schedule.stop()


def test_a_request_is_removed_only_when_its_job_has_been_started(trial: Trial) -> None:
    trial.store.write(job_requests.add, "known", NOON)
    trial.store.write(job_requests.add, "unknown", NOON)
    trial.handle()
    assert trial.started == ["known", "unknown"]
    assert trial.still_waiting == [2, 2], "a kill here loses none"
    assert trial.store.read(job_requests.waiting) == []
    trial.handle()
    assert trial.started == ["known", "unknown"]


def test_each_revision_is_announced_once(trial: Trial, announced: list[int]) -> None:
    trial.store.file(make_event())
    trial.handle()
    trial.handle()
    trial.store.write(actions.resolve, [1], NOON)
    trial.handle()
    assert announced == [1, 2]


def test_what_is_overdue_runs_as_soon_as_its_pause_allows(trial: Trial) -> None:
    before = trial.schedule.next_due()["known"]
    trial.handle()
    after = trial.schedule.next_due()["known"]
    assert before is not None
    assert after is not None
    assert after < before
