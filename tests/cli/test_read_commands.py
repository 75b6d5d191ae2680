"""The commands that list and count: `issues`, `events` and `status`, without an engine."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.exit_codes import DONE
from tests.cli.main import rows, run


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


def test_status_says_that_no_engine_runs(
    event_id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "status") == DONE
    lines = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert (lines["received"], lines["digested"], lines["events"]) == ("1", "1", "1")
    assert lines["engine"] == "does not run on this folder"


def test_json_is_read_without_what_only_other_commands_need() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, app.cli.read_commands; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "app.store.queue.queue_overview" in loaded
    others = {"http.client", "multiprocessing", "alembic", "rich"}
    others |= {"app.detail", "app.digest", "app.listeners", "app.protocols", "app.doctor.examination"}
    assert not others & set(loaded)
