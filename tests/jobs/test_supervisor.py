"""What is wrong with the clock or the digest is mended, and stands in the store while it lasts."""

import os
import signal

import pytest

from app.jobs import watchdog
from app.jobs.digest_pool import DigestPool
from app.jobs.digest_runs import DigestRuns
from app.jobs.jobs import Jobs
from app.jobs.supervisor import JUMP_WORTH_NOTING_SECONDS, STALLED_SECONDS, Supervisor
from app.model import to_micros
from app.store.engine_state import engine_findings
from app.store.engine_state.engine_findings import FindingKind
from app.store.failures import StatementFailure
from app.store.queue import report_queue
from tests.factories import SECOND, Store, append, make_report
from tests.jobs.clocks import SetClocks
from tests.jobs.conftest import PATIENCE_SECONDS, Announced


class Trial:
    """A supervisor on a store, by clocks that are set, of a pool that has no process yet."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clocks = SetClocks()
        self.starts = 0
        self.runs = DigestRuns(self._start, self.clocks.monotonic)
        pool = DigestPool((), lambda _job: None, lambda _job, _why: None)
        self.supervisor = Supervisor(self.clocks, self.runs, pool, 60 * SECOND)

    def _start(self) -> None:
        self.starts += 1

    def check(self) -> bool:
        return self.store.write(self.supervisor.check)

    def wait(self, seconds: int) -> bool:
        """Check once a second for so long; whether the digest was to be started."""
        is_to_start = False
        for _second in range(seconds):
            self.clocks.wait(1)
            is_to_start |= self.check()
        return is_to_start

    def findings(self) -> dict[str, str]:
        return {each.kind: each.detail for each in self.store.read(engine_findings.listed)}


@pytest.fixture
def trial(store: Store) -> Trial:
    return Trial(store)


@pytest.mark.parametrize("jump", [3_600, -3_600])
def test_a_jump_of_the_clock_is_written_down(trial: Trial, jump: int) -> None:
    assert trial.supervisor.check_clock() is None
    trial.clocks.on_the_wall += jump
    found = trial.supervisor.check_clock()
    assert found is not None
    assert found.seconds == pytest.approx(jump)
    trial.check()
    assert trial.findings() == {FindingKind.CLOCK_JUMPED: f"{jump:+d}"}
    assert trial.supervisor.check_clock() is None


def test_a_small_jump_is_not_written_down(trial: Trial) -> None:
    trial.supervisor.check_clock()
    trial.clocks.on_the_wall += JUMP_WORTH_NOTING_SECONDS - 1
    assert trial.supervisor.check_clock() is not None
    trial.check()
    assert trial.findings() == {}


def test_a_digest_that_cannot_be_started_is_written_down_until_it_ran(trial: Trial) -> None:
    trial.supervisor.digest_not_started("no memory")
    trial.supervisor.digest_not_started("no descriptors")
    trial.check()
    assert trial.findings() == {FindingKind.DIGEST_NOT_STARTED: "no memory"}
    trial.supervisor.digest_ran()
    trial.check()
    assert trial.findings() == {}


def test_what_could_not_be_written_is_written_by_the_next_check(trial: Trial) -> None:
    trial.check()
    trial.supervisor.digest_not_started("no memory")
    with trial.store.database.maintaining() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(StatementFailure, match="readonly"):
            trial.supervisor.check(connection)
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    trial.check()
    assert trial.findings() == {FindingKind.DIGEST_NOT_STARTED: "no memory"}


def test_reports_that_wait_are_a_stall_since_the_first_of_them_until_one_is_digested(trial: Trial) -> None:
    append(trial.store.database, make_report(1))
    since = trial.clocks.wall_micros()
    trial.store.read(trial.supervisor.store_changed)
    trial.wait(int(STALLED_SECONDS) - 1)
    assert trial.findings() == {}
    trial.wait(1)
    assert trial.findings() == {FindingKind.DIGEST_STALLED: "It does not run."}
    (found,) = trial.store.read(engine_findings.listed)
    assert to_micros(found.at) == pytest.approx(since, abs=SECOND)
    trial.store.write(report_queue.advance, 1)
    assert trial.store.read(trial.supervisor.store_changed)
    trial.check()
    assert trial.findings() == {}


def test_the_digest_is_to_be_started_if_reports_wait_and_only_then(trial: Trial) -> None:
    trial.store.read(trial.supervisor.store_changed)
    assert not trial.wait(30)
    append(trial.store.database, make_report(1))
    trial.store.read(trial.supervisor.store_changed)
    assert not trial.wait(int(watchdog.IDLE_SECONDS) - 1)
    assert trial.wait(1)


def test_a_digest_that_is_paused_is_left_to_its_retry(trial: Trial) -> None:
    trial.runs.request()
    trial.runs.pause(60)
    append(trial.store.database, make_report(1))
    trial.store.read(trial.supervisor.store_changed)
    assert not trial.wait(30)


def test_a_digest_that_was_stopped_is_replaced(
    all_jobs: Jobs, announced: Announced, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_jobs._digest_runs.wait_idle(PATIENCE_SECONDS)
    monkeypatch.setattr(watchdog, "IDLE_SECONDS", 0.2)
    # The next one uses no processor either while a busy machine lets it wait.
    monkeypatch.setattr(watchdog, "ASLEEP_SECONDS", 3.0)
    stopped = all_jobs._pool.pid
    assert stopped is not None
    os.kill(stopped, signal.SIGSTOP)
    append(store.database, make_report(1))
    all_jobs.wake()
    assert announced.wait_for(1), "it is stopped, and nobody sees that"
    assert all_jobs._pool.pid != stopped


def test_reports_behind_a_run_that_never_ends_are_digested(
    all_jobs: Jobs, announced: Announced, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "IDLE_SECONDS", 0.2)
    all_jobs._digest_runs.wait_idle(PATIENCE_SECONDS)
    monkeypatch.setattr(all_jobs._digest_runs, "_is_running", True)
    append(store.database, make_report(1))
    all_jobs.wake()
    assert announced.wait_for(1)
