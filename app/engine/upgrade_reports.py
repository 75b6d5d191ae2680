"""Reports how far the upgrade of a store is: not at all while it is short, and then calmly."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.engine.child_protocol import StoreUpgrading

if TYPE_CHECKING:
    from app.store.migrations.upgrade import UpgradeProgress

SILENT_SECONDS = 1.0
PAUSE_SECONDS = 0.2


class UpgradeReports:
    """Passes on what a person should see of an upgrade's progress; `clock` returns monotonic seconds.

    `report` is called when it has taken `SILENT_SECONDS`, and from then on when another percent is done, at
    most once in `PAUSE_SECONDS`.
    """

    def __init__(
        self, report: Callable[[StoreUpgrading], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._report = report
        self._clock = clock
        self._due: float | None = None
        self._last: StoreUpgrading | None = None

    def progressed(self, progress: "UpgradeProgress") -> None:
        """The upgrade is this far."""
        now = self._clock()
        if self._due is None:
            self._due = now + SILENT_SECONDS
        shown = StoreUpgrading(progress.step, progress.steps, int(100 * progress.share))
        if now >= self._due and shown != self._last:
            self._due, self._last = now + PAUSE_SECONDS, shown
            self._report(shown)
