"""Removes traces that are too old or too many, in short steps, with pauses for others that write."""

import time
from collections.abc import Callable

from app.clock import now_micros
from app.store.database import Database
from app.store.traces import removal
from app.store.traces.removal import TraceBounds
from app.store.upkeep import file_space

JOB = "traces"
# In steps: after so many, what became free is given back to the disk, and the log is kept short.
TIDIED_EVERY = 8
PAUSE_SECONDS = 0.005


class TraceSweep:
    """Applies what `bounds` returns when a run begins. `clock` gives microseconds since 1970."""

    def __init__(
        self,
        database: Database,
        bounds: Callable[[], TraceBounds],
        *,
        clock: Callable[[], int] = now_micros,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        # Not durable: what a power cut brings back is removed again.
        self._database = Database(database.file, durable=False, must_exist=True)
        self._bounds = bounds
        self._clock = clock
        self._is_stopping = is_stopping

    def run(self) -> int:
        """Remove what exceeds the bounds; returns how many steps that took."""
        bounds, steps = self._bounds(), 0
        try:
            while not self._is_stopping():
                with self._database.writing() as connection:
                    if not removal.remove_step(connection, bounds, self._clock()):
                        break
                steps += 1
                if steps % TIDIED_EVERY == 0:
                    file_space.tidy(self._database)
                time.sleep(PAUSE_SECONDS)
            while steps and not self._is_stopping() and file_space.has_free_pages(self._database):
                file_space.tidy(self._database)
        finally:
            self._database.rest()
        return steps
