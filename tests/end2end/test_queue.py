"""The queue of a real engine: jobs run on request, failures are retried, and kills change no counter."""

import base64
import http.client
import json
import random
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.store.database import Database, open_existing
from app.store.engine_state import job_requests, job_runs
from app.store.queue import dead_letters, queue_overview, refusals, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.end2end.engine_process import EngineProcess, rows, run, wait_until
from tests.end2end.test_nothing_is_lost import Load, digested
from tests.factories import NOON, append, envelope, make_report

DEAD = 300
KILLS = 4
REFUSED = 300
LISTENERS = """
from msgspec.structs import replace

def before_digest(event):
    if event.event_id[-1] in "01234567":
        return None
    return replace(event, tags={**event.tags, "team": "payments"})
"""


@pytest.fixture
def dead(database: Database) -> Database:
    """A store with reports that an earlier digest gave up, and that the current one can read."""
    append(database, *(make_report(n) for n in range(1, DEAD + 1)))
    with database.writing() as connection:
        for number in range(1, DEAD + 1):
            setback = ReportSetback(
                report_id=number, attempts=5, due_at=None, dead=True, error="KeyError: 'x'", traceback="…"
            )
            report_queue.set_back(connection, setback)
        report_queue.advance(connection, DEAD)
    return database


def status(database: Database) -> queue_overview.QueueStatus:
    with database.reading() as connection:
        found = queue_overview.status(connection)
    assert found.received == found.pending + found.digested + found.dead
    return found


def refused(database: Database) -> int:
    with database.reading() as connection:
        return len(queue_overview.refusals(connection, limit=10_000))


def runs(database: Database, job: str) -> int:
    with database.reading() as connection:
        found = job_runs.get(connection, job)
    return 0 if found is None else found.runs


def test_jobs_run_on_request(tmp_path: Path, database: Database) -> None:
    engine = EngineProcess(tmp_path, "--child")
    wait_until(lambda: len(rows("jobs", data_dir=tmp_path)) > 2, "the jobs to be listed")
    assert runs(database, "retention") == 0
    said = run("jobs", "run", "retention", data_dir=tmp_path)
    assert said.stdout.startswith("retention ran, in ")
    (job,) = [job for job in rows("jobs", data_dir=tmp_path) if job["job"] == "retention"]
    assert (job["runs"], job["last_error"], job["every"]) == (1, None, 300.0)
    assert job["last_started"] < job["last_ended"] < job["next_due"]
    with database.writing() as connection:
        for name in ("retention", "nonsense"):
            job_requests.add(connection, name, NOON)
    wait_until(lambda: runs(database, "retention") == 2, "the request to be accepted")
    unknown = run("jobs", "run", "nonsense", data_dir=tmp_path, check=False)
    assert unknown.returncode == 1
    assert "retention" in unknown.stderr
    assert engine.stop() == 0
    assert "nonsense" in engine.errors
    without = run("jobs", "run", "retention", data_dir=tmp_path, check=False)
    assert without.returncode == 3
    (job,) = [job for job in rows("jobs", data_dir=tmp_path) if job["job"] == "retention"]
    assert (job["runs"], job["next_due"]) == (2, None)


def test_dead_letters_are_shown_retried_and_discarded(tmp_path: Path, dead: Database) -> None:
    (overview,) = rows("queue", data_dir=tmp_path)
    assert overview["status"]["dead"] == DEAD
    assert overview["flow"] == {"received": 0.0, "digested": 0.0}
    assert overview["setbacks"][0]["report_id"] == DEAD
    shown = run("queue", "show", "7", data_dir=tmp_path).stdout
    assert "POST /api/1/envelope/" in shown
    assert '"type":"KeyError"' in shown
    assert f"dead      {DEAD}" in run("queue", data_dir=tmp_path).stdout
    assert run("queue", "discard", "7", "8", data_dir=tmp_path).returncode == 0
    assert run("queue", "discard", "7", data_dir=tmp_path, check=False).returncode == 1
    assert (status(dead).dead, status(dead).digested) == (DEAD - 2, 2)
    assert run("queue", "undo-discard", "8", data_dir=tmp_path).returncode == 0
    assert "does not run" in run("queue", "retry", "1", data_dir=tmp_path).stderr
    engine = EngineProcess(tmp_path)
    wait_until(lambda: status(dead).events == 1, "the first to be tried by the new engine")
    run("queue", "retry", "--all", data_dir=tmp_path)
    wait_until(lambda: status(dead).events == DEAD - 1, "all of them to be digested")
    found = status(dead)
    assert (found.pending, found.digested, found.dead) == (0, DEAD, 0)
    assert engine.stop() == 0


def test_refused_requests_are_shown_whole_and_retried(tmp_path: Path) -> None:
    """What was refused for its key is accepted once any key is; what is no report is refused again."""
    body = envelope("1" * 32, message="x" * 100_000 + " the error itself")
    engine = EngineProcess(tmp_path, ARECIBO_KNOWN_KEYS="shop")
    where = f"http://127.0.0.1:{engine.port}/api/1/envelope/?sentry_key=stranger"
    for sent in (body, b"nonsense"):
        request = urllib.request.Request(where, sent, {"Authorization": "Bearer open-sesame"})
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request, timeout=20)
        caught.value.close()
    wait_until(lambda: len(rows("queue", data_dir=tmp_path)[0]["refusals"]) == 2, "it to be written")
    (overview,) = rows("queue", data_dir=tmp_path)
    assert base64.b64decode(overview["refusals"][1]["body"]) == body
    assert overview["refusals"][1]["body_size"] == len(body)
    shown = run("queue", "show", "R1", data_dir=tmp_path).stdout
    assert "the error itself" in shown
    assert "'stranger' is not known here" in shown
    assert "open-sesame" not in shown + json.dumps(overview)
    assert "R1  " in run("queue", data_dir=tmp_path).stdout
    again = run("queue", "retry", "R1", "R9", data_dir=tmp_path, check=False)
    assert (again.returncode, again.stdout) == (1, "Taken: nothing.\n")
    assert "Refused again: R1, 403" in again.stderr
    assert "Not among what was refused: R9" in again.stderr
    assert engine.stop() == 0

    asked = run("queue", "retry", "R1", data_dir=tmp_path)
    assert "it tries them when it starts" in asked.stderr
    engine = EngineProcess(tmp_path)
    engine.wait_digested(1)
    database = open_existing(tmp_path)
    found = status(database)
    assert (found.received, found.digested, found.rejected) == (1, 1, 2)
    said = run("queue", "retry", "--all-refused", data_dir=tmp_path, check=False)
    assert (said.returncode, said.stdout) == (1, "Taken: nothing.\n")
    assert "Refused again: R2, 400" in said.stderr
    (issue,) = rows("issues", data_dir=tmp_path)
    assert issue["project"] == "stranger"
    (job,) = [job for job in rows("jobs", data_dir=tmp_path) if job["job"] == "retry-refused"]
    assert job["last_error"] is None
    database.close()
    assert engine.stop() == 0


@pytest.mark.faults
def test_kills_at_random_while_refused_requests_are_retried(tmp_path: Path) -> None:
    ids = [f"{number:032x}" for number in range(REFUSED)]
    engine = EngineProcess(tmp_path, ARECIBO_KNOWN_KEYS="shop")
    connection = http.client.HTTPConnection("127.0.0.1", engine.port, timeout=20)
    database = open_existing(tmp_path)
    for number, event_id in enumerate(ids):
        connection.request("POST", "/api/1/envelope/?sentry_key=stranger", envelope(event_id))
        assert connection.getresponse().read()
        if number % 100 == 99:
            wait_until(lambda number=number: refused(database) == number + 1, "these to be written")  # type: ignore[misc]
    connection.close()
    assert engine.stop() == 0
    rng = random.Random(8)
    with database.writing() as writing:
        refusals.request_retry(writing, None, NOON)
    for _kill in range(KILLS):
        engine = EngineProcess(tmp_path)
        threading.Event().wait(rng.uniform(0, 0.15))
        engine.kill()
        assert status(database).received + refused(database) == REFUSED
    engine = EngineProcess(tmp_path)
    engine.wait_digested(REFUSED)
    found = status(database)
    assert (found.received, found.events, refused(database)) == (REFUSED, REFUSED, 0)
    stored = [row["event_id"] for row in rows("events", "--limit", "1000000", data_dir=tmp_path)]
    assert sorted(stored) == ids
    database.close()
    assert engine.stop() == 0


@pytest.mark.faults
def test_kills_at_random_while_dead_letters_are_retried(tmp_path: Path, dead: Database) -> None:
    rng = random.Random(2010)
    for _kill in range(KILLS):
        engine = EngineProcess(tmp_path)
        before = status(dead).digested
        discarded = rng.sample(range(1, DEAD + 1), 5)
        with dead.writing() as connection:
            dead_letters.retry_all(connection, NOON)
            dead_letters.discard(connection, discarded, NOON)
        wait_until(lambda before=before: status(dead).digested > before + 5, "some to be tried")  # type: ignore[misc]
        threading.Event().wait(rng.uniform(0, 0.1))
        engine.kill()
        with dead.writing() as connection:
            dead_letters.undo_discard(connection, discarded)
        status(dead)
    engine = EngineProcess(tmp_path)
    with dead.writing() as connection:
        dead_letters.retry_all(connection, NOON)
    wait_until(lambda: status(dead).digested == DEAD, "all of them to be digested")
    assert engine.stop() == 0
    found = status(dead)
    assert (found.received, found.pending, found.dead, found.events) == (DEAD, 0, 0, DEAD)
    assert sum(issue["count"] for issue in rows("issues", data_dir=tmp_path)) == DEAD


def test_output_of_a_listener_goes_to_stderr(tmp_path: Path) -> None:
    config = tmp_path / "config"
    (config / paths.APP).mkdir(parents=True)
    prints = 'def before_digest(event):\n    print("failed {}", flush=True)\n    return event\n'
    (config / paths.APP / paths.LISTENERS).write_text(prints, "utf-8")
    engine = EngineProcess(tmp_path, "--child", XDG_CONFIG_HOME=str(config), HOME=str(config))
    run("send-test", data_dir=tmp_path)
    wait_until(lambda: digested(tmp_path) == 1, "the event to be filed")
    assert engine.stop() == 0
    assert {line.partition(" ")[0] for line in engine.output.splitlines()} == {"changed"}
    assert "failed {}" in engine.errors


@pytest.mark.faults
def test_kills_at_random_while_a_listener_changes_and_drops(tmp_path: Path) -> None:
    config = tmp_path / "config"
    (config / paths.APP).mkdir(parents=True)
    (config / paths.APP / paths.LISTENERS).write_text(LISTENERS, "utf-8")
    environment: dict[str, Any] = {"XDG_CONFIG_HOME": str(config), "HOME": str(config)}
    rng = random.Random(1974)
    acknowledged: list[str] = []
    for _kill in range(3):
        engine = EngineProcess(tmp_path, **environment)
        before = digested(tmp_path)
        with Load(engine.port) as load:
            assert load.is_warm.wait(30)
            wait_until(lambda before=before: digested(tmp_path) > before, "the listener to be asked")  # type: ignore[misc]
            threading.Event().wait(rng.uniform(0, 0.3))
            engine.kill()
        acknowledged += load.acknowledged
    engine = EngineProcess(tmp_path, **environment)
    database = open_existing(tmp_path)
    wait_until(lambda: status(database).pending == 0, "everything to be digested")
    found = status(database)
    with database.reading() as connection:
        dropped = queue_overview.dropped(connection)
    database.close()
    assert found.dead == 0
    assert found.received == found.events + dropped
    wanted = {event_id for event_id in acknowledged if event_id[-1] not in "01234567"}
    stored = [row["event_id"] for row in rows("events", "--limit", "1000000", data_dir=tmp_path)]
    assert wanted <= set(stored)
    assert not [event_id for event_id in stored if event_id[-1] in "01234567"]
    # The command line reads the event again without listeners.py: the change must be stored.
    event = json.loads(run("event", stored[0], "--json", data_dir=tmp_path).stdout)
    assert event["tags"]["team"] == "payments"
    assert len(rows("events", "--query", "team:payments", "--limit", "1000000", data_dir=tmp_path)) == len(
        stored
    )
    assert sum(issue["count"] for issue in rows("issues", data_dir=tmp_path)) == len(stored)
    assert engine.stop() == 0
