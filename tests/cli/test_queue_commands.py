"""`queue` and `jobs` on a store without an engine. With one they are tested in end2end."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, ENVIRONMENT_ERROR, FAILED
from app.store.queue import queue_overview, refusals, report_queue
from app.store.queue.report_queue import ReportSetback
from tests.cli.main import run
from tests.factories import NOON, Store, append, make_report


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    """The folder of a store with one dead report, one that waits, and one refused request."""
    append(store.database, make_report(1), make_report(2))
    dead = ReportSetback(
        report_id=1, attempts=5, due_at=None, dead=True, error="KeyError: 'x'", traceback="the traceback"
    )
    store.write(report_queue.set_back, dead)
    store.write(report_queue.advance, 1)
    row = {"at": NOON, "status": 403, "reason": "why", "remote": "127.0.0.1", "head": b"POST /", "body": b"b"}
    store.write(refusals.record, [row], counted=1)
    return tmp_path


def test_queue_is_printed_with_all_that_waits_or_failed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "queue", "--json") == DONE
    found = json.loads(capsys.readouterr().out)
    assert (found["status"]["pending"], found["status"]["dead"]) == (1, 1)
    assert [row["report_id"] for row in found["setbacks"]] == [1]
    assert [row["report_id"] for row in found["waiting"]] == [2]
    assert [row["reason"] for row in found["refusals"]] == ["why"]


def test_failed_report_and_refused_request_are_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "queue", "show", "1") == DONE
    assert "the traceback" in capsys.readouterr().out
    assert run(folder, "queue", "show", "R1") == DONE
    assert "R1: answered 403. why" in capsys.readouterr().out
    assert run(folder, "queue", "show", "2") == FAILED
    assert run(folder, "queue", "show", "R9") == FAILED
    assert capsys.readouterr().out == ""


def test_discard_and_undo_change_the_counters_back(store: Store, folder: Path) -> None:
    assert run(folder, "queue", "discard", "1") == DONE
    assert store.read(queue_overview.status).dead == 0
    assert run(folder, "queue", "undo-discard", "1") == DONE
    assert store.read(queue_overview.status).dead == 1
    assert run(folder, "queue", "discard", "2") == FAILED


def test_retry_without_an_engine_is_stored_for_its_start(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "queue", "retry", "1", "R1") == DONE
    streams = capsys.readouterr()
    assert streams.out == "To be tried again at once: 1.\nTo be tried again: R1.\n"
    assert streams.err.count("it tries them when it starts") == 2
    assert store.read(queue_overview.status).dead == 0
    assert list(store.read(refusals.requested)) == [1]


def test_jobs_run_only_in_an_engine(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "jobs", "--json") == DONE
    assert run(folder, "jobs", "run", "retention") == ENVIRONMENT_ERROR
    assert "No engine runs" in capsys.readouterr().err
