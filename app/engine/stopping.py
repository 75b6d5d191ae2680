"""Stops the process on a signal, Ctrl-C or SIGTERM; the engine within ten seconds, whatever hangs.

If a listener or a channel hangs, in this process or in a child, the children are killed first, and at last
this process ends itself. What was acknowledged is in the store, and the batch of a killed digest is digested
at the next start.
"""

import faulthandler
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue

log = logging.getLogger(__name__)

# Counted from the signal. By the first, everything that ends by itself has ended: requests may take two
# seconds to finish, and the digest five.
CHILDREN_SECONDS = 8.0
LAST_SECONDS = 9.5
AGAIN_SECONDS = 0.25
SIGNAL_SECONDS = 0.5
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))


class Stop:
    """A request to stop, set by signals or by other threads. `first` is called with the first one, at once.

    A `threading.Event` will not do: a signal that comes while another one sets it waits for a lock that its
    own thread holds, for ever. A `SimpleQueue` can be put into while it is being put into.
    """

    def __init__(self, first: Callable[[], None] = lambda: None) -> None:
        self._requests: SimpleQueue[None] = SimpleQueue()
        self._first = first
        self._is_set = False

    def set(self) -> None:
        """Request to stop; each request ends one `wait`."""
        if not self._is_set:
            self._is_set = True
            self._first()
        self._requests.put(None)

    @property
    def is_set(self) -> bool:
        """Whether there was a request."""
        return self._is_set

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for a request, for so long at most; returns whether there was one."""
        if seconds is None and sys.platform == "win32":
            # There, no signal wakes a thread that waits for a lock: it is heard between two waits.
            while not self.wait(SIGNAL_SECONDS):
                pass
            return True
        try:
            self._requests.get(timeout=seconds)
        except Empty:
            return False
        return True


def on_signals(first: Callable[[], None] = lambda: None) -> Stop:
    """A `Stop` that SIGINT and SIGTERM set from now on, instead of ending the process; `first` as there.

    On Windows nobody sends SIGTERM; Ctrl-Break, and a console that is closed, are SIGBREAK there.
    """
    stop = Stop(first)
    for number in _SIGNALS:
        signal.signal(number, lambda _number, _frame: stop.set())
    return stop


def end_at_last() -> None:
    """End this process in `LAST_SECONDS`, with exit code 1, unless it has ended by then; say where it hung.

    faulthandler's timer is a thread of C: it needs no interpreter, and no lock that a signal could meet.
    """
    # A program started from a desktop may have no stderr.
    where = sys.stderr or Path(os.devnull).open("w", encoding="ascii")  # noqa: SIM115 - it stays open to the end
    faulthandler.dump_traceback_later(LAST_SECONDS, exit=True, file=where)


def end_children_in_time() -> None:
    """After `CHILDREN_SECONDS`, kill all child processes, also those started later."""
    threading.Thread(target=_end_children, name="end-children", daemon=True).start()


def _end_children() -> None:
    time.sleep(CHILDREN_SECONDS)
    while True:
        for child in multiprocessing.active_children():
            log.warning("The process %s did not end in time, and is killed", child.name)
            child.kill()
        time.sleep(AGAIN_SECONDS)
