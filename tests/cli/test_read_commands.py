"""The commands that read: `issues`, `events`, `event`, `status` and `doctor`, without an engine."""

import json
from pathlib import Path

import pytest

from app.cli.exit_codes import DONE, FAILED
from app.digest.pipeline import Digest
from app.settings import Settings
from tests.cli.main import run
from tests.factories import Store, append, make_report


@pytest.fixture
def event_id(store: Store, tmp_path: Path) -> str:
    """The id of the only event in the store."""
    report = make_report(1)
    append(store.database, report)
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    return report.event_id


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_issues_and_events_can_be_searched(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("issues", "events"):
        assert run(tmp_path, command, "--json", "--query", "card") == DONE
        (row,) = rows(capsys)
        assert row["title"] == "KeyError: 'card'"
        assert run(tmp_path, command, "--json", "--query", "giraffe") == DONE
        assert rows(capsys) == []


def test_events_of_another_issue_are_left_out(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "events", "--json", "--issue", "1") == DONE
    assert [row["event_id"] for row in rows(capsys)] == [event_id]
    assert run(tmp_path, "events", "--json", "--issue", "2") == DONE
    assert rows(capsys) == []


def test_event_is_printed_and_an_unknown_one_fails(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "event", event_id) == DONE
    assert "KeyError: 'card'" in capsys.readouterr().out
    assert run(tmp_path, "event", "0" * 32) == FAILED
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "There is no event 0000" in streams.err


def test_status_says_that_no_engine_runs(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "status") == DONE
    lines = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert (lines["received"], lines["digested"], lines["events"]) == ("1", "1", "1")
    assert lines["engine"] == "does not run on this folder"


def test_doctor_fails_when_there_is_a_problem(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "doctor", "--json") == FAILED
    (found,) = rows(capsys)
    findings = found["findings"]
    assert isinstance(findings, list)
    assert findings[0]["severity"] == "problem"
    assert findings[0]["title"] == "The engine does not run on this folder."
