"""Distributes tests to workers as `--dist loadfile` does, also when one of them has just died.

xdist sends a worker its next file as soon as a test has ended. When the worker has died and xdist has not
noticed yet, that raises, and the run ends without the name of the test that caused it.
"""

from contextlib import suppress

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class DeadWorkersScheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """Counts a file as assigned although its worker is dead: xdist reports it when it notices the death."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        with suppress(OSError):
            super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> DeadWorkersScheduling | None:
    """Replaces the scheduler of `--dist loadfile` only, which `make test` uses."""
    return DeadWorkersScheduling(config, log) if config.getoption("dist") == "loadfile" else None
