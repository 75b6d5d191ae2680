"""The jobs with their real process: what arrives is digested at once, however the wakes fall."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent

from app.jobs.jobs import Jobs
from app.model import IssueState
from app.settings import Settings
from app.store.engine_state import engine_findings, job_requests
from app.store.engine_state.engine_findings import FindingKind
from app.store.grouping import corrections, regrouping
from app.store.inbox.lists import events, issues
from app.store.inbox.triage import actions
from app.store.queue import queue_overview, report_queue
from app.store.queue.dead_letters import DIGEST
from app.store.queue.report_queue import ReportSetback
from tests.factories import NOON, SECOND, Store, append, make_event, make_report
from tests.jobs.clocks import OffsetClocks
from tests.jobs.conftest import PATIENCE_SECONDS, Announced


@pytest.fixture
def jobs(all_jobs: Jobs) -> Jobs:
    """The jobs, without the net below the wakes: a wake that is lost is never made up for."""
    all_jobs._schedule.scheduler.remove_job("wake-digest")
    return all_jobs


def test_no_wake_is_lost(jobs: Jobs, announced: Announced, store: Store) -> None:
    for number in range(1, 101):
        append(store.database, make_report(number))
        jobs.wake()
        # Announced as soon as it is committed, so the next one meets a digest that is just about to end.
        assert announced.wait_for(number), f"report {number} waits, and nobody digests it"
    assert store.read(queue_overview.status).digested == 100


def test_a_run_that_ends_before_the_scheduler_has_removed_it_is_followed_by_the_next(
    jobs: Jobs, announced: Announced, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("regroup", "retention"):
        jobs._schedule.scheduler.remove_job(other)
    jobs._digest_runs.wait_idle(PATIENCE_SECONDS)
    pool: Any = jobs._pool._pool
    submit = pool.submit

    def submit_and_be_delayed(*arguments: Any) -> Future[Any]:
        future: Future[Any] = submit(*arguments)
        if store.read(queue_overview.status).received == 1:
            wait([future], PATIENCE_SECONDS)
            append(store.database, make_report(2))
            jobs.wake()
        return future

    monkeypatch.setattr(pool, "submit", submit_and_be_delayed)
    append(store.database, make_report(1))
    jobs.wake()
    assert announced.wait_for(2), "report 2 waits, and nobody digests it"


def test_what_was_merged_is_moved_in_the_background(jobs: Jobs, announced: Announced, store: Store) -> None:
    store.file(make_event(function="charge"))
    store.file(make_event(function="refund"))
    number = store.write(regrouping.merge, [2], 1, NOON)
    state = "running"
    while state != "done":
        revision = store.read(issues.revision)
        found = store.read(corrections.get, number)
        assert found is not None
        state = found.state
        assert state == "done" or announced.wait_for(revision + 1), "nobody moves what was merged"
    assert store.read(events.newest, 1) == 2


def test_a_mute_ends_in_time_and_that_is_announced(jobs: Jobs, announced: Announced, store: Store) -> None:
    store.file(make_event())
    store.write(actions.mute, [1], NOON, until=NOON)
    assert announced.wait_for(3), "its time is over, and nobody ends it"
    issue = store.read(issues.get, 1)
    assert issue is not None
    assert issue.state is IssueState.OPEN


def test_what_another_process_wrote_is_announced(jobs: Jobs, announced: Announced, store: Store) -> None:
    store.file(make_event())
    store.write(actions.resolve, [1], NOON)
    assert announced.wait_for(2), "the command line resolved an issue, and the window is not told"


def test_a_job_request_is_accepted_once(jobs: Jobs, announced: Announced, store: Store) -> None:
    append(store.database, make_report(1))
    store.write(job_requests.add, DIGEST, NOON)
    assert announced.wait_for(1), "nobody accepts it"
    while store.read(job_requests.waiting):
        threading.Event().wait(0.01)


def test_a_request_for_an_unknown_job_is_logged_and_removed(
    jobs: Jobs, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.write(job_requests.add, "nonsense", NOON)
    while store.read(job_requests.waiting):
        threading.Event().wait(0.01)
    assert "nonsense" in caplog.text


def test_a_failed_report_is_tried_when_it_is_due(all_jobs: Jobs, announced: Announced, store: Store) -> None:
    append(store.database, make_report(1))
    soon = time.time_ns() // 1_000 + SECOND
    again = ReportSetback(report_id=1, attempts=1, due_at=soon, dead=False, error="KeyError", traceback="…")
    with store.database.writing() as connection:
        report_queue.set_back(connection, again)
        report_queue.advance(connection, 1)
    assert announced.wait_for(1), "nobody tries it again"


@pytest.mark.parametrize(("name", "soon"), [("end-mutes", True), ("retention", False)])
def test_a_job_that_failed_is_tried_again_soon_where_something_waits_for_it(
    all_jobs: Jobs, name: str, soon: bool
) -> None:
    job = all_jobs._schedule.scheduler.get_job(name)
    failed = JobExecutionEvent(
        EVENT_JOB_ERROR, name, "default", None, exception=OSError("disk full"), traceback="…"
    )
    all_jobs._job_ended(failed)
    assert (job.next_run_time - datetime.now(UTC) < timedelta(seconds=5)) is soon


HOURS = 3_600


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> OffsetClocks:
    """The wall clock, also for the scheduler."""
    clock = OffsetClocks()

    class Now(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + timedelta(seconds=clock.ahead)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Now)
    monkeypatch.setattr("app.jobs.schedule.datetime", Now)
    return clock


@pytest.fixture
def start_jobs(wall: OffsetClocks, store: Store, announced: Announced) -> Iterator[Callable[[], Jobs]]:
    """Starts the jobs, by a clock that can be set."""
    started: list[Jobs] = []

    def start() -> Jobs:
        started.append(
            Jobs(Settings(data_dir=store.database.file.parent), store.database, announced, clocks=wall)
        )
        started[-1].start()
        return started[-1]

    yield start
    for jobs in started:
        jobs.stop()


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up, what
        threading.Event().wait(0.02)


def test_a_clock_that_is_set_back_stops_nothing(
    start_jobs: Callable[[], Jobs], wall: OffsetClocks, announced: Announced, store: Store
) -> None:
    wall.ahead = 3 * HOURS
    jobs = start_jobs()
    append(store.database, make_report(1))
    due = int(wall.wall() * SECOND) + 60 * SECOND
    again = ReportSetback(report_id=1, attempts=1, due_at=due, dead=False, error="KeyError", traceback="…")
    with store.database.writing() as connection:
        report_queue.set_back(connection, again)
        report_queue.advance(connection, 1)
    jobs._digest_runs.wait_idle(PATIENCE_SECONDS)
    wall.ahead = 0.0
    assert announced.wait_for(1), "the report waits until the clock has caught up"

    def latest_run() -> float:
        return max(float(job.next_run_time.timestamp()) for job in jobs._schedule.scheduler.get_jobs())

    wait_until(lambda: latest_run() < time.time() + 301, "jobs wait until the clock has caught up")
    wait_until(lambda: bool(store.read(engine_findings.listed)), "nobody notes it")
    (found,) = store.read(engine_findings.listed)
    assert (found.kind, found.detail) == (FindingKind.CLOCK_JUMPED, str(-3 * HOURS))


def test_a_clock_that_is_set_ahead_brings_what_is_due(
    start_jobs: Callable[[], Jobs], wall: OffsetClocks, announced: Announced, store: Store
) -> None:
    start_jobs()
    store.file(make_event())
    store.write(actions.mute, [1], NOON, until=int((wall.wall() + HOURS) * SECOND))
    assert announced.wait_for(2)
    wall.ahead = 3.0 * HOURS
    assert announced.wait_for(3), "the mute is over, and nobody ends it"
