"""Hands out the tests to workers as `--dist loadfile` does, also while one of them has just died.

xdist gives a worker its next file as soon as a test has ended. When the worker has died and xdist has not
heard of it yet, that raises, and the run ends without the name of the test that was to blame.
"""

from contextlib import suppress

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController


class DeadWorkersScheduling(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """What was meant for a dead worker counts as given to it, and is found when its death is heard of."""

    def _assign_work_unit(self, node: WorkerController) -> None:
        with suppress(OSError):
            super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> DeadWorkersScheduling | None:
    """Only where files are handed out whole, as `make test` asks for."""
    return DeadWorkersScheduling(config, log) if config.getoption("dist") == "loadfile" else None
