"""`queue` and `jobs` without an engine: what is shown, given up, had back, and what has to wait for one."""

import json

import pytest

from app.cli import queue_commands
from app.store.engine_state import job_runs
from app.store.queue import queue_overview, refusals, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.cli.conftest import Run
from tests.factories import NOON, Store, append, make_report


@pytest.fixture
def dead(store: Store) -> Store:
    """A store in which the reports 1 to 3 have failed for good."""
    append(store.database, *(make_report(number) for number in range(1, 4)))
    with store.database.writing() as connection:
        for number in range(1, 4):
            failed = ReportSetback(
                report_id=number,
                attempts=5,
                due_at=None,
                dead=True,
                error="KeyError: 'x'",
                traceback="line 7",
            )
            report_queue.set_back(connection, failed)
        report_queue.advance(connection, 3)
    return store


@pytest.fixture
def refused(store: Store) -> Store:
    """A store with the refused request R1."""
    row = {
        "at": NOON,
        "status": 403,
        "reason": "The key is not known.",
        "remote": "127.0.0.1",
        "head": b"POST /entries HTTP/1.1\r\nauthorization: Bearer open-sesame",
        "body": b"the error itself",
    }
    store.write(refusals.record, [row], counted=1)
    return store


def dead_reports(store: Store) -> list[int]:
    return sorted(each.report_id for each in store.read(queue_overview.setbacks) if each.dead)


def test_the_queue_is_shown_with_what_failed_and_what_was_refused(
    dead: Store,
    refused: Store,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(queue_commands, "WATCHED_SECONDS", 0.01)
    assert run("queue", "--json") == 0
    overview = json.loads(capsys.readouterr().out)
    assert (overview["status"]["dead"], overview["flow"]) == (3, {"received": 0.0, "digested": 0.0})
    assert [each["report_id"] for each in overview["setbacks"]] == [3, 2, 1]
    assert "open-sesame" not in json.dumps(overview)
    assert run("queue") == 0
    printed = capsys.readouterr().out
    assert "dead      3" in printed
    assert "KeyError: 'x'" in printed
    assert "R1  " in printed
    assert "open-sesame" not in printed


def test_a_report_that_failed_and_a_refused_request_are_shown_whole(
    dead: Store, refused: Store, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("queue", "show", "2") == 0
    printed = capsys.readouterr().out
    assert "line 7" in printed
    assert "POST /api/1/envelope/" in printed
    assert '"type":"KeyError"' in printed
    assert run("queue", "show", "r1") == 0
    printed = capsys.readouterr().out
    assert "the error itself" in printed
    assert "open-sesame" not in printed
    for number, said in (
        ("9", "Report 9 is not among what failed"),
        ("R9", "R9 is not among what was refused"),
    ):
        assert run("queue", "show", number) == 1
        assert said in capsys.readouterr().err


def test_what_is_discarded_can_be_had_back(dead: Store, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("queue", "discard", "1", "2") == 0
    assert dead_reports(dead) == [3]
    assert run("queue", "discard", "2", "3") == 1
    said = capsys.readouterr()
    assert "Discarded: 3." in said.out
    assert said.err == "Not among what failed: 2\n"
    assert run("queue", "undo-discard", "1") == 0
    assert dead_reports(dead) == [1]


@pytest.mark.parametrize(("which", "left"), [(["2"], [1, 3]), (["--all"], [])])
def test_what_is_retried_waits_for_the_engine(
    dead: Store, run: Run, which: list[str], left: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("queue", "retry", *which) == 0
    assert "The engine does not run" in capsys.readouterr().err
    assert dead_reports(dead) == left


def test_a_refused_request_is_marked_for_the_engine(
    refused: Store, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("queue", "retry", "R1", "R9") == 1
    said = capsys.readouterr()
    assert said.out == "To be tried again: R1.\n"
    assert "Not among what was refused: R9." in said.err
    assert refused.read(refusals.requested) == [1]
    assert run("queue", "retry", "R9") == 1
    assert capsys.readouterr().out == "Nothing is tried again.\n"


def test_jobs_are_listed_and_run_only_by_an_engine(
    store: Store, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write(job_runs.prepare, {"retention": 300.0, "digest": None})
    assert run("jobs", "--json") == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {job["job"]: job["every"] for job in listed} == {"retention": 300.0, "digest": None}
    assert run("jobs") == 0
    assert "on arrival" in capsys.readouterr().out
    assert run("jobs", "run", "retention") == 3
    assert "No engine runs" in capsys.readouterr().err
