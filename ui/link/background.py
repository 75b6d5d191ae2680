"""Runs work off the UI thread, and delivers the results on it.

`Background.run(work, done, failed)` runs `work` on a thread of a small pool; `done(result)` or
`failed(error)` is then called on the thread that made the `Background`. The `Ticket` in between can be
cancelled: its result then never arrives.

The pool is Python's, not Qt's: it hands an exception over with its traceback by itself, a job that has not
begun can be taken back, and it can be waited for at the end.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

Failed = Callable[[BaseException], None]


class Interrupted(Exception):
    """The work was cancelled before it had begun."""


class Interruption:
    """The way to end one piece of work while it runs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stop: Callable[[], None] | None = None
        self._is_requested = False

    @contextmanager
    def by(self, stop: Callable[[], None]) -> Iterator[None]:
        """While this is open, `request` calls `stop`, on another thread. Raises `Interrupted`."""
        with self._lock:
            if self._is_requested:
                raise Interrupted
            self._stop = stop
        try:
            yield
        finally:
            # What it would stop belongs to other work next.
            with self._lock:
                self._stop = None

    def request(self) -> None:
        """End the work, now or when it begins."""
        with self._lock:
            self._is_requested = True
            if self._stop is not None:
                self._stop()


class Ticket:
    """One piece of work that was asked for. Made by `Background.run`."""

    def __init__(
        self, done: Callable[[Any], None], failed: Failed | None, interruption: Interruption | None = None
    ) -> None:
        self._done = done
        self._failed = failed
        self._interruption = interruption
        self._future: Future[Any] | None = None
        self.cancelled = False

    def cancel(self) -> None:
        """Drop the result, and the work too if it has not begun or can be interrupted."""
        self.cancelled = True
        if self._interruption is not None:
            self._interruption.request()
        if self._future is not None:
            self._future.cancel()

    def follow(self, future: Future[Any]) -> None:
        """Remember what computes the result."""
        self._future = future

    def deliver(self, future: Future[Any]) -> None:
        """Call `done` or `failed`; with no `failed`, an error is raised here: it is our bug."""
        if self.cancelled or future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._done(future.result())
        elif self._failed is not None:
            self._failed(error)
        else:
            raise error


class Background(QObject):
    """Owns the threads. Make it on the UI thread; `stop` it when the window closes."""

    _finished = Signal(object, object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._stopped = False
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._finished.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        interruption: Interruption | None = None,
    ) -> Ticket:
        """Run `work` off the UI thread, and deliver its result. After `stop`, drop it.

        `interruption`: how to end it when its ticket is cancelled.
        """
        ticket = Ticket(done, failed, interruption)
        if self._stopped:
            ticket.cancel()
            return ticket
        future = self._pool.submit(work)
        ticket.follow(future)
        future.add_done_callback(lambda future: self._finished.emit(ticket, future))
        return ticket

    def stop(self) -> None:
        """Take back what has not begun, and wait for what has. Afterwards nothing begins and nothing arrives.

        Timers and the engine's last messages may still request work while the program ends.
        """
        self._stopped = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object)
    def _arrive(self, ticket: Ticket, future: Future[Any]) -> None:
        if not self._stopped:
            ticket.deliver(future)
