"""A real scheduler that is paused: it plans by cadences, and runs nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.executors.pool import ThreadPoolExecutor

from app.jobs.job import THREAD, Job
from app.jobs.schedule import Schedule, name_of
from tests.jobs.clocks import SetClocks

EVERY = 60.0
JOBS = (Job("wakes", print, THREAD, every=EVERY, pause=2.0), Job("on request", print, THREAD, every=None))


@pytest.fixture
def clocks() -> SetClocks:
    clocks = SetClocks()
    clocks.on_the_wall = datetime.now(UTC).timestamp()
    return clocks


@pytest.fixture
def schedule(clocks: SetClocks) -> Iterator[Schedule]:
    schedule = Schedule(
        JOBS, {THREAD: ThreadPoolExecutor(1)}, clocks, began=lambda _event: None, ended=lambda _event: None
    )
    schedule.start()
    schedule.scheduler.pause()
    yield schedule
    schedule.stop()


def seconds_until(schedule: Schedule, name: str) -> float | None:
    at = schedule.next_due()[name]
    return None if at is None else round(at / 1e6 - datetime.now(UTC).timestamp())


def test_a_job_runs_seldom_and_one_without_a_cadence_on_request_only(schedule: Schedule) -> None:
    assert seconds_until(schedule, "wakes") == EVERY
    assert seconds_until(schedule, "on request") is None


def test_what_becomes_due_brings_the_run_forward_and_says_by_how_much(
    schedule: Schedule, clocks: SetClocks
) -> None:
    assert schedule.set_due("wakes", None) is None
    assert schedule.set_due("wakes", int((clocks.wall() + 30) * 1e6)) == timedelta(seconds=30)
    assert seconds_until(schedule, "wakes") == 30
    assert schedule.set_due("wakes", int((clocks.wall() + 40) * 1e6)) is None, "never later than planned"


def test_a_job_is_run_now_by_its_name(schedule: Schedule) -> None:
    assert schedule.run_now("wakes")
    assert seconds_until(schedule, "wakes") == 0
    assert not schedule.run_now("nonsense")


def test_runs_of_one_job_have_ids_of_their_own(schedule: Schedule) -> None:
    for number in range(3):
        schedule.run_once(JOBS[1], number)
    ids = {job.id for job in schedule.scheduler.get_jobs()} - {"wakes"}
    assert len(ids) == 3
    assert {name_of(job_id) for job_id in ids} == {"on request"}


def test_after_a_jump_of_the_clock_each_pause_is_what_it_was(schedule: Schedule, clocks: SetClocks) -> None:
    schedule.retry("wakes", 10.0)
    schedule.scheduler.modify_job("wakes", next_run_time=datetime.now(UTC) + timedelta(hours=3))
    schedule.replan()
    assert seconds_until(schedule, "wakes") == 10
