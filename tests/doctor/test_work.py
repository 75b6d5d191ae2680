"""Findings about background work: what waits, what failed, and what stops it."""

from datetime import timedelta

import pytest

from app.doctor import work
from app.doctor.examination import examine
from app.doctor.finding import Severity
from app.engine import address
from app.engine.address import EngineAddresses
from app.model import from_micros
from app.settings import Settings
from app.store.engine_state import engine_findings, job_runs
from app.store.engine_state.engine_findings import FindingKind
from app.store.engine_state.job_runs import Runs
from app.store.queue.dead_letters import DIGEST
from tests.doctor.examining import NOW, examined, micros, titles, wait
from tests.factories import Store


def test_digest_that_could_not_start_is_a_problem_if_reports_wait(running: Store, settings: Settings) -> None:
    running.write(
        engine_findings.note, FindingKind.DIGEST_NOT_STARTED, micros(ago=30), "It could not: Errno 24"
    )
    assert titles(examined(running, settings), Severity.PROBLEM) == [], "nothing waits for it"
    wait(running, 2)
    (title,) = titles(examined(running, settings), Severity.PROBLEM)
    assert title == "The digest does not run, and 2 reports wait: It could not: Errno 24"


def test_stalled_digest_is_a_problem(running: Store, settings: Settings) -> None:
    wait(running, 1)
    running.write(engine_findings.note, FindingKind.DIGEST_STALLED, micros(ago=90), "It does not run.")
    assert titles(examined(running, settings), Severity.PROBLEM) == [
        "1 report waits, and nothing has moved for 90 seconds."
    ]
    running.write(engine_findings.clear, FindingKind.DIGEST_STALLED)
    assert titles(examined(running, settings), Severity.PROBLEM) == []


def test_failing_digest_is_a_problem(running: Store, settings: Settings) -> None:
    wait(running, 2, ago=300)
    running.write(job_runs.prepare, {DIGEST: None})
    failed = Runs(job=DIGEST, started=micros(ago=9), ended=micros(ago=8), count=1, error="The disk is full")
    running.write(job_runs.note, [failed], {DIGEST: None})
    found = running.read(examine, settings, now=NOW).findings
    (finding,) = [each for each in found if each.severity is Severity.PROBLEM]
    assert finding.title == "2 reports wait, the oldest for 5 minutes, and the digest fails."
    assert "The disk is full" in finding.meaning


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:1"])
def test_reports_that_wait_without_an_engine_are_said_with_it(
    store: Store, settings: Settings, url: str | None
) -> None:
    if url:
        address.write(settings.data_dir, EngineAddresses(url=url))
    wait(store, 2)
    store.write(engine_findings.note, FindingKind.DIGEST_STALLED, micros(ago=90), "It does not run.")
    found = examined(store, settings)
    assert titles(found, Severity.WARNING) == []
    (problem,) = [each for each in found.findings if each.severity is Severity.PROBLEM]
    assert problem.meaning.endswith("2 reports wait until the engine runs again.")


@pytest.mark.parametrize(("late", "is_found"), [(-60.0, False), (60.0, False), (10_800.0, True)])
def test_overdue_jobs_are_a_problem(running: Store, settings: Settings, late: float, is_found: bool) -> None:
    running.write(job_runs.prepare, {"checkpoint": 60.0, "retention": 300.0, DIGEST: None})
    due = {"checkpoint": micros(ago=late), "retention": micros(ago=-9), DIGEST: None}
    running.write(job_runs.note, [], due)
    found = titles(examined(running, settings), Severity.PROBLEM)
    assert found == (["Background jobs are overdue by up to 3 hours: checkpoint."] if is_found else [])


@pytest.mark.parametrize(("detail", "words"), [("-10800", "3 hours back"), ("+90", "90 seconds ahead")])
def test_clock_jump_is_a_warning_for_a_day(
    running: Store, settings: Settings, detail: str, words: str
) -> None:
    running.write(engine_findings.note, FindingKind.CLOCK_JUMPED, micros(ago=600), detail)
    assert any(
        f"clock jumped {words} at" in title for title in titles(examined(running, settings), Severity.WARNING)
    )
    later = from_micros(micros(ago=600)) + work.JUMPS_MATTER + timedelta(hours=1)
    found = running.read(examine, settings, now=later).findings
    assert not any("jumped" in each.title for each in found)
