"""The doorbell: reports that the store has changed, at most twenty times a second.

It carries no data: its listener asks the store for what is newer than what it knows, so a ring that is lost
or merged into the next one loses nothing.
"""

import threading
from collections.abc import Callable

INTERVAL = 0.05


class Doorbell:
    """Owns the thread that calls `answer` with the newest revision."""

    def __init__(self, answer: Callable[[int], None]) -> None:
        self._answer = answer
        self._changed = threading.Condition()
        self._revision = 0
        self._answered = 0
        self._stopping = False
        self._pause = threading.Event()
        self._thread = threading.Thread(target=self._run, name="doorbell", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def ring(self, revision: int) -> None:
        """Note that the store is at `revision` now; never waits for the answer."""
        with self._changed:
            self._revision = max(self._revision, revision)
            self._changed.notify()

    def begin_anew(self) -> None:
        """Forget the newest revision: a fresh store begins with lower ones."""
        with self._changed:
            self._revision = self._answered = 0

    def stop(self) -> None:
        """Answer the last ring and end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._pause.set()
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._revision > self._answered)
                revision, stopping = self._revision, self._stopping
            if revision > self._answered:
                self._answer(revision)
                with self._changed:
                    self._answered = min(revision, self._revision)
            self._pause.wait(INTERVAL)
