"""What is wrong is written for the doctor until it is right again; a digest that does not run is started."""

import pytest

from app.jobs.digest_pool import DigestPool
from app.jobs.digest_runs import DigestRuns
from app.jobs.supervisor import STALLED_SECONDS, Supervisor
from app.jobs.watchdog import IDLE_SECONDS
from app.store.engine_state import engine_findings
from app.store.engine_state.engine_findings import FindingKind
from tests.factories import SECOND, Store, append, make_report
from tests.jobs.clocks import SetClocks


class Trial:
    """A supervisor over a real store, by clocks that are set, and a pool that has no process."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clocks = SetClocks()
        self.starts = 0
        self.runs = DigestRuns(self._start, self.clocks.monotonic)
        pool = DigestPool((), lambda _job: None, lambda _job, _error: None)
        self.supervisor = Supervisor(self.clocks, self.runs, pool, 60 * SECOND)

    def _start(self) -> None:
        self.starts += 1

    def check(self) -> bool:
        with self.store.database.maintaining() as connection:
            return self.supervisor.check(connection)

    def store_changed(self) -> bool:
        with self.store.database.maintaining() as connection:
            return self.supervisor.store_changed(connection)

    def findings(self) -> dict[str, str]:
        return {found.kind: found.detail for found in self.store.read(engine_findings.listed)}


@pytest.fixture
def trial(store: Store) -> Trial:
    trial = Trial(store)
    trial.store_changed()
    return trial


def test_a_clock_that_was_set_is_written_down(trial: Trial) -> None:
    trial.clocks.on_the_wall += 3_600
    assert trial.supervisor.check_clock() is not None
    trial.check()
    assert trial.findings() == {FindingKind.CLOCK_JUMPED: "+3600"}


def test_a_digest_that_cannot_be_started_is_written_down_until_it_runs(trial: Trial) -> None:
    trial.supervisor.digest_not_started("It could not be started: OSError: 24")
    trial.check()
    assert trial.findings() == {FindingKind.DIGEST_NOT_STARTED: "It could not be started: OSError: 24"}
    trial.supervisor.digest_ran()
    trial.check()
    assert trial.findings() == {}


def test_a_digest_that_does_not_run_while_reports_are_pending_is_to_be_started(trial: Trial) -> None:
    append(trial.store.database, make_report(1))
    trial.store_changed()
    assert not trial.check()
    trial.clocks.wait(IDLE_SECONDS - 1)
    assert not trial.check()
    trial.clocks.wait(1)
    assert trial.check()


def test_a_run_that_was_lost_does_not_block_the_next(trial: Trial) -> None:
    trial.runs.request()
    append(trial.store.database, make_report(1))
    trial.store_changed()
    while not trial.check():
        trial.clocks.wait(1)
    trial.runs.request()
    assert trial.starts == 2


def test_a_digest_that_comes_no_further_is_written_down(trial: Trial) -> None:
    append(trial.store.database, make_report(1))
    trial.store_changed()
    for _tick in range(int(STALLED_SECONDS)):
        trial.clocks.wait(1)
        trial.check()
    assert trial.findings() == {FindingKind.DIGEST_STALLED: "It does not run."}
