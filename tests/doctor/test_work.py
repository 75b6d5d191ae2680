"""What keeps the work from going on is found, and said in words that help."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.doctor import work
from app.doctor.examination import examine
from app.doctor.finding import Severity
from app.engine import address
from app.engine.address import Listening
from app.engine.engine import Engine
from app.model import from_micros, to_micros
from app.settings import Settings
from app.store.engine_state import engine_findings, job_runs
from app.store.engine_state.engine_findings import Kind
from app.store.engine_state.job_runs import Runs
from app.store.queue.dead_letters import DIGEST
from tests.factories import Store, append, make_report

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def micros(*, ago: float) -> int:
    return to_micros(NOW - timedelta(seconds=ago))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=0, spotlight_port=0, digest_inline=True)


@pytest.fixture
def running(tmp_path: Path, settings: Settings) -> Iterator[Store]:
    """The store of an engine that runs; nothing in it is digested by itself."""
    engine = Engine(settings)
    engine.start()
    yield Store(engine.database)
    engine.stop()


def titles(store: Store, settings: Settings, *severities: Severity) -> list[str]:
    found = store.read(examine, settings, now=NOW)
    return [each.title for each in found.findings if each.severity in (severities or [*Severity])]


def wait(store: Store, number: int, *, ago: float = 60) -> None:
    append(store.database, *(make_report(n, at=micros(ago=ago)) for n in range(1, number + 1)))


def test_what_waits_has_called_in(running: Store, settings: Settings) -> None:
    wait(running, 3)
    found = titles(running, settings)
    assert not any("Nobody" in title for title in found)
    assert any(title.startswith("A report came in for shop at ") for title in found)


def test_what_came_long_ago_was_a_call_too(running: Store, settings: Settings) -> None:
    wait(running, 3, ago=7_200)
    assert "Nobody has called in the last 15 minutes." in titles(running, settings)


def test_a_digest_that_could_not_be_started(running: Store, settings: Settings) -> None:
    running.write(engine_findings.note, Kind.DIGEST_NOT_STARTED, micros(ago=30), "It could not: Errno 24")
    assert titles(running, settings, Severity.PROBLEM) == [], "nothing waits for it"
    wait(running, 2)
    (title,) = titles(running, settings, Severity.PROBLEM)
    assert title == "The digest does not run, and 2 reports wait: It could not: Errno 24"


def test_a_digest_that_does_not_move(running: Store, settings: Settings) -> None:
    wait(running, 1)
    running.write(engine_findings.note, Kind.DIGEST_STALLED, micros(ago=90), "It does not run.")
    assert titles(running, settings, Severity.PROBLEM) == [
        "1 report waits, and nothing has moved for 90 seconds."
    ]
    running.write(engine_findings.clear, Kind.DIGEST_STALLED)
    assert titles(running, settings, Severity.PROBLEM) == []


def test_a_digest_that_fails_each_time(running: Store, settings: Settings) -> None:
    wait(running, 2, ago=300)
    running.write(job_runs.prepare, {DIGEST: None})
    failed = Runs(job=DIGEST, started=micros(ago=9), ended=micros(ago=8), count=1, error="The disk is full")
    running.write(job_runs.note, [failed], {DIGEST: None})
    found = running.read(examine, settings, now=NOW).findings
    (finding,) = [each for each in found if each.severity is Severity.PROBLEM]
    assert finding.title == "2 reports wait, the oldest for 5 minutes, and the digest fails."
    assert "The disk is full" in finding.meaning


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:1"])
def test_what_waits_for_an_engine(store: Store, settings: Settings, url: str | None) -> None:
    if url:
        address.write(settings.data_dir, Listening(url=url))
    wait(store, 2)
    store.write(engine_findings.note, Kind.DIGEST_STALLED, micros(ago=90), "It does not run.")
    assert titles(store, settings, Severity.WARNING) == ["2 reports wait until the engine runs again."]


@pytest.mark.parametrize(("late", "is_found"), [(-60.0, False), (60.0, False), (10_800.0, True)])
def test_jobs_that_are_overdue(running: Store, settings: Settings, late: float, is_found: bool) -> None:
    running.write(job_runs.prepare, {"checkpoint": 60.0, "retention": 300.0, DIGEST: None})
    due = {"checkpoint": micros(ago=late), "retention": micros(ago=-9), DIGEST: None}
    running.write(job_runs.note, [], due)
    found = titles(running, settings, Severity.PROBLEM)
    assert found == (["Background jobs are overdue by up to 3 hours: checkpoint."] if is_found else [])


@pytest.mark.parametrize(("detail", "words"), [("-10800", "3 hours back"), ("+90", "90 seconds ahead")])
def test_a_clock_that_jumped(running: Store, settings: Settings, detail: str, words: str) -> None:
    running.write(engine_findings.note, Kind.CLOCK_JUMPED, micros(ago=600), detail)
    assert any(f"clock jumped {words} at" in title for title in titles(running, settings, Severity.WARNING))
    later = from_micros(micros(ago=600)) + work.JUMPS_MATTER + timedelta(hours=1)
    found = running.read(examine, settings, now=later).findings
    assert not any("jumped" in each.title for each in found)


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Somebody has an open transaction."""
    with closing(sqlite3.connect(store.database.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_store_that_is_locked(running: Store, settings: Settings) -> None:
    assert titles(running, settings, Severity.PROBLEM) == []
    with locked(running):
        assert titles(running, settings, Severity.PROBLEM) == ["Another program keeps the store locked."]
