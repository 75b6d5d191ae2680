"""Starts runs of the digest, one at a time, and remembers requests that come during a run."""

import threading
import time
from collections.abc import Callable


class DigestRuns:
    """Tracks whether the digest runs, and whether to run it again after that. Safe from any thread."""

    def __init__(self, start: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._start = start
        self._clock = clock
        self._changed = threading.Condition()
        self._is_running = False
        self._is_requested = False
        self._paused_until = 0.0

    @property
    def is_running(self) -> bool:
        """Whether a run has been started and has not ended."""
        return self._is_running

    @property
    def is_paused(self) -> bool:
        """Whether arrivals start nothing now."""
        return self._clock() < self._paused_until

    def request(self, *, even_if_paused: bool = False) -> None:
        """Run once more: now, or when the current run has ended. During a pause, do nothing."""
        with self._changed:
            if self._is_running:
                self._is_requested = True
                return
            if self.is_paused and not even_if_paused:
                return
            self._is_running = True
        self._start()

    def ended(self) -> None:
        """The run is over."""
        with self._changed:
            # The next run sees everything that is committed before it begins.
            again, self._is_requested = self._is_requested, False
            self._is_running = again
            self._changed.notify_all()
        if again:
            self._start()

    def pause(self, seconds: float) -> None:
        """After a run that failed before it did anything: let arrivals start no run for `seconds`."""
        with self._changed:
            self._is_running = self._is_requested = False
            self._paused_until = self._clock() + seconds
            self._changed.notify_all()

    def wait_idle(self, seconds: float) -> None:
        """Wait until no run is in progress, for at most `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_running, seconds)
