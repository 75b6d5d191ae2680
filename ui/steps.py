"""Runs an act's steps one after the other: each is a transaction of its own, off the UI thread.

Between two steps the receiver and the digest write: a client never waits for more than one step. What takes
long shows its progress, and can be cancelled between two steps.
"""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.link.store_access import StoreAccess

if TYPE_CHECKING:
    from app.store.database import Connection

# Between two write transactions. Others ask for the write lock every two or three milliseconds: in a shorter
# pause they might miss it. What the next step reads is read in the pause.
PAUSE_SECONDS = 0.005
# What takes longer shows its progress.
SHOWN_AFTER_SECONDS = 0.5
SHOWN_EVERY_SECONDS = 0.1

# Is called in a read transaction, and returns what is then done in a write transaction.
Step = Callable[["Connection"], Callable[["Connection"], Any]]
# Gets the results of the steps that were done, in order, and the error that ended them.
Ended = Callable[[list[Any], BaseException | None], None]


class StepRunner(QObject):
    """Runs the steps of one act at a time. `progressed(steps)`: so many steps of a long act are done."""

    progressed = Signal(int)

    def __init__(self, store: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._is_cancelled = False

    def run(self, steps: Sequence[Step], ended: Ended) -> None:
        """Run `steps`, and call `ended` after the last, after a failure, or when it was cancelled."""
        self._is_cancelled = False
        begun = time.monotonic()
        results: list[Any] = []
        # When the progress was shown last, and how long after that it is shown again.
        shown_at = [0.0, SHOWN_AFTER_SECONDS]

        def next_step(not_before: float) -> None:
            if self._is_cancelled or len(results) == len(steps):
                ended(results, None)
            else:
                step = steps[len(results)]
                self._store.write_prepared(step, did, lambda error: ended(results, error), not_before)

        def did(result: object) -> None:
            results.append(result)
            now = time.monotonic()
            if len(results) < len(steps) and now - max(begun, shown_at[0]) >= shown_at[1]:
                shown_at[:] = now, SHOWN_EVERY_SECONDS
                self.progressed.emit(len(results))
            next_step(now + PAUSE_SECONDS)

        next_step(begun)

    def cancel(self) -> None:
        """Run no further step. The one that is running is finished."""
        self._is_cancelled = True
