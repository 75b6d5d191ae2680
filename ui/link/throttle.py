"""Reduces bursts of requests to few calls: the doorbell rings in bursts, and each would be a query."""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QTimer


class _Phase(Enum):
    """Where a throttle is; what is requested is carried out at once only while it is `READY`."""

    READY = auto()
    WORKING = auto()
    PAUSING = auto()
    STOPPED = auto()


class Throttle(QObject):
    """Calls `act` for the first request at once, then `pause_ms` after that has finished at the earliest.

    `act` begins work that may end later, off the UI thread; its owner calls `finished` when it has.
    Requests that come meanwhile are carried out as one: the last of them is never lost.
    """

    def __init__(self, act: Callable[[], None], pause_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self._phase = _Phase.READY
        self._is_requested = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self._end_pause)

    @property
    def is_working(self) -> bool:
        """Whether `act` has been called and has not finished."""
        return self._phase is _Phase.WORKING

    def request(self) -> None:
        """Have `act` called: now, or once, when what is under way and its pause have ended."""
        if self._phase is _Phase.READY:
            self._begin()
        elif self._phase is not _Phase.STOPPED:
            self._is_requested = True

    def request_now(self) -> None:
        """Call `act` without waiting for the pause to end. While it works, do nothing."""
        if self._phase in (_Phase.READY, _Phase.PAUSING):
            self._begin()

    def finished(self) -> None:
        """What `act` began has ended, well or not: the pause begins."""
        if self._phase is _Phase.WORKING:
            self._phase = _Phase.PAUSING
            self._pause.start()

    def forget(self) -> None:
        """Drop what was requested and has not begun."""
        self._is_requested = False

    def stop(self) -> None:
        """Call `act` no more."""
        self._phase = _Phase.STOPPED
        self._pause.stop()

    def _begin(self) -> None:
        self._pause.stop()
        self._is_requested = False
        self._phase = _Phase.WORKING
        self._act()

    def _end_pause(self) -> None:
        self._phase = _Phase.READY
        if self._is_requested:
            self._begin()
