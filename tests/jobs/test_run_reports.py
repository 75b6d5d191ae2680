"""What a run came to is reported with its times, and at once where a person waits for it."""

from collections.abc import Iterator

import pytest

from app.jobs.run_reports import RunReports
from app.store.engine_state import job_runs
from app.store.engine_state.run_log import RunLog
from tests.factories import SECOND, Store
from tests.jobs.clocks import SetClocks


@pytest.fixture
def clocks() -> SetClocks:
    return SetClocks()


@pytest.fixture
def run_log(store: Store) -> Iterator[RunLog]:
    log = RunLog(store.database, {"retention": 300.0}, lambda: {"retention": None})
    log.start()
    yield log
    log.stop()


def test_a_failure_has_the_time_when_its_run_began(store: Store, run_log: RunLog, clocks: SetClocks) -> None:
    reports = RunReports(run_log, clocks)
    reports.began("retention")
    began = clocks.wall_micros()
    clocks.wait(2)
    reports.failed("retention", "OSError: disk full")
    run_log.stop()
    run = store.read(job_runs.get, "retention")
    assert run is not None
    assert (run.last_error, run.runs) == ("OSError: disk full", 1)
    assert run.last_started is not None
    assert run.last_ended is not None
    assert (run.last_ended - run.last_started).total_seconds() == 2
    assert run.last_started.timestamp() * SECOND == began
