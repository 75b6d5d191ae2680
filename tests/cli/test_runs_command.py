"""The command that lists runs."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from app import processes
from app.cli.exit_codes import DONE
from app.store.places import runs
from tests.cli.main import rows, run
from tests.factories import NOON, SECOND, Store, make_event
from tests.runs_of_commands import make_run

HERE: dict[str, Any] = {
    "host": socket.gethostname(),
    "pid": os.getpid(),
    "process_started": processes.identity.started_at(os.getpid()),
}


def test_runs_are_listed_with_how_they_ended(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write(runs.end, store.write(runs.begin, make_run()), NOON + SECOND, exit_code=1)
    store.write(runs.begin, make_run("gone", **(HERE | {"process_started": 1})))
    store.write(runs.begin, make_run("npm start", **HERE))
    store.file(make_event())
    assert run(tmp_path, "runs", "--json") == DONE
    found = rows(capsys)
    assert [(row["id"], row["command"], row["state"], row["errors"]) for row in found] == [
        (3, "npm start", "running", 1),
        (2, "gone", "unknown", 1),
        (1, "pytest -q", "failed", 0),
    ]
    assert list(found[0]) == [
        "id", "command", "project", "cwd", "state", "exit_code", "signal", "started", "ended", "errors",
    ]  # fmt: skip
    assert (found[2]["started"], found[2]["exit_code"]) == ("2026-09-21T14:13:20Z", 1)
    assert run(tmp_path, "runs", "--limit", "1") == DONE
    out = capsys.readouterr().out
    assert "npm start" in out
    assert "running" in out
    assert "pytest" not in out


def test_without_any_it_is_said_how_one_is_made(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "runs") == DONE
    assert "main.py run -- COMMAND" in capsys.readouterr().out
