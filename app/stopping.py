"""Stopping when a signal says so: Ctrl-C, SIGTERM, or both."""

import signal
from queue import Empty, SimpleQueue


class Stop:
    """Something waits for it, and is told by signals or by other threads.

    A `threading.Event` will not do: a signal that comes while another one sets it waits for a lock that its
    own thread holds, for ever. A `SimpleQueue` can be put into while it is being put into.
    """

    def __init__(self) -> None:
        self._told: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        """Tell whoever waits, once."""
        self._told.put(None)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is told, or for so long; returns whether it was."""
        try:
            self._told.get(timeout=seconds)
        except Empty:
            return False
        return True


def on_signals() -> Stop:
    """What SIGINT and SIGTERM tell from now on, instead of what they would do."""
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop
