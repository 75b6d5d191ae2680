"""Runs of commands, as `main.py run` records them."""

from typing import Any

from app.store.places.runs import Run
from tests.factories import NOON


def make_run(command: str = "pytest -q", *, project: str = "shop", at: int = NOON, **fields: Any) -> Run:
    """A run that begins now."""
    given: dict[str, Any] = {"cwd": "/home/ada/shop", "host": "here", "pid": 42, "process_started": at}
    return Run(command=command, project=project, started_at=at, **(given | fields))
