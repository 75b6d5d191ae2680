"""One run of the digest at a time, and none that is wanted is forgotten."""

import threading
import time
from collections.abc import Callable


class Turn:
    """Remembers whether the digest runs, and whether it is wanted again. Safe from any thread."""

    def __init__(self, start: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._start = start
        self._clock = clock
        self._changed = threading.Condition()
        self._is_running = False
        self._is_wanted = False
        self._held_until = 0.0

    @property
    def is_taken(self) -> bool:
        """Whether a run has been started and has not ended."""
        return self._is_running

    @property
    def is_held(self) -> bool:
        """Whether a pause is at hand in which arrivals start nothing."""
        return self._clock() < self._held_until

    def wanted(self, *, even_if_held: bool = False) -> None:
        """Run once more: now, or when the run at hand has ended. While it is held, nothing happens."""
        with self._changed:
            if self._is_running:
                self._is_wanted = True
                return
            if self.is_held and not even_if_held:
                return
            self._is_running = True
        self._start()

    def ended(self) -> None:
        """The run is over."""
        with self._changed:
            # Whatever is committed before the next run begins is seen by it.
            again, self._is_wanted = self._is_wanted, False
            self._is_running = again
            self._changed.notify_all()
        if again:
            self._start()

    def hold(self, seconds: float) -> None:
        """The run failed before it could do anything: arrivals start no other one for so long."""
        with self._changed:
            self._is_running = self._is_wanted = False
            self._held_until = self._clock() + seconds
            self._changed.notify_all()

    def wait_idle(self, seconds: float) -> None:
        """Wait until no run is at hand, for so long at most."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_running, seconds)
