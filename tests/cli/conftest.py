"""Runs commands in this process, on the store of a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import command_line
from app.digest.pipeline import Digest
from app.settings import Settings
from tests.factories import Store, append, make_report

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `main.py` with arguments on the folder `tmp_path`; returns the exit code."""
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*arguments: str) -> int:
        return command_line.main(
            [*arguments, "--data-dir", str(tmp_path)], lambda _settings: pytest.fail("it opened a window")
        )

    return run_command


@pytest.fixture
def event_id(store: Store, tmp_path: Path) -> str:
    """The id of the only event in the store."""
    report = make_report(1)
    append(store.database, report)
    Digest(store.database, Settings(data_dir=tmp_path)).run()
    return report.event_id
