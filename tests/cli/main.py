"""Runs a command of `main.py` within the test's process."""

import json
from pathlib import Path

import pytest

from app.cli import command_line


def run(folder: Path, *arguments: str) -> int:
    """Run a command on the store in `folder`; returns its exit code."""
    return command_line.main(
        [*arguments, "--data-dir", str(folder)], lambda _settings: pytest.fail("no window was asked for")
    )


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """What was printed with `--json`, one object a line."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]
