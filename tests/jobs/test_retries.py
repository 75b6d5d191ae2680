"""What failed is tried again: soon, later each time, or at its own time."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from apscheduler.executors.pool import ThreadPoolExecutor

from app.jobs import retries as module
from app.jobs.digest_runs import DigestRuns
from app.jobs.job import PROCESS, THREAD, WAKE_DIGEST, Job
from app.jobs.retries import Retries
from app.jobs.schedule import Schedule
from app.store.queue.dead_letters import DIGEST
from tests.jobs.clocks import SetClocks

JOBS = (
    Job(DIGEST, print, PROCESS, every=None),
    Job(WAKE_DIGEST, print, THREAD, due=lambda _connection: None),
    Job("retention", print, PROCESS, every=300.0),
    Job("end-mutes", print, THREAD, due=lambda _connection: None),
)


class Trial:
    """Retries over a real scheduler that is paused: it plans, and runs nothing."""

    def __init__(self) -> None:
        self.clocks = SetClocks()
        self.clocks.on_the_wall = datetime.now(UTC).timestamp()
        executors = {PROCESS: ThreadPoolExecutor(1), THREAD: ThreadPoolExecutor(1)}
        self.schedule = Schedule(
            JOBS, executors, self.clocks, began=lambda _event: None, ended=lambda _event: None
        )
        self.schedule.start()
        self.schedule.scheduler.pause()
        self.starts = 0
        self.runs = DigestRuns(self._start, self.clocks.monotonic)
        self.retries = Retries(JOBS, self.schedule, self.runs)

    def _start(self) -> None:
        self.starts += 1

    def seconds_until(self, name: str) -> float:
        at = self.schedule.next_due()[name]
        assert at is not None
        return round(at / 1e6 - datetime.now(UTC).timestamp())


@pytest.fixture
def trial() -> Iterator[Trial]:
    trial = Trial()
    yield trial
    trial.schedule.stop()


def test_what_raised_is_tried_soon_where_something_waits_for_it(trial: Trial) -> None:
    trial.retries.raised("end-mutes")
    assert trial.seconds_until("end-mutes") == module.AFTER_EXCEPTION_SECONDS
    trial.retries.raised("retention")
    assert trial.seconds_until("retention") == 300


def test_what_cannot_be_started_is_tried_after_growing_pauses(trial: Trial) -> None:
    pauses = []
    for _failure in range(7):
        trial.retries.not_started("retention")
        pauses.append(trial.seconds_until("retention"))
        trial.schedule.clear_retry("retention")
        trial.schedule.replan()
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_a_success_begins_the_count_anew(trial: Trial) -> None:
    for _failure in range(3):
        trial.retries.not_started("retention")
    trial.retries.succeeded("retention")
    trial.schedule.replan()
    trial.retries.not_started("retention")
    assert trial.seconds_until("retention") == 1


def test_a_digest_that_died_once_begins_again_at_once(trial: Trial) -> None:
    trial.runs.request()
    trial.retries.digest_died()
    assert (trial.starts, trial.runs.is_running) == (2, True)


def test_a_digest_that_keeps_dying_is_paused_and_woken_by_its_job(trial: Trial) -> None:
    trial.runs.request()
    for _death in range(2):
        trial.retries.digest_died()
    assert trial.runs.is_paused
    assert not trial.runs.is_running
    assert trial.seconds_until(WAKE_DIGEST) == 1
