"""Whether reports are taken: while a person has paused intake, each is answered 503 with `Retry-After`.

What is turned away is counted, and not stored as refused: a flood of it would push out the refusals that
people look for. Clients that keep what they could not send, send it again.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from app import intake_pause
from app.clock import now_micros
from app.intake_pause import Pause
from app.receiver.refused import Refused

log = logging.getLogger(__name__)

# Many clients send nothing for as long as they are told to wait, and drop it: a short time loses less.
RETRY_AFTER_SECONDS = 30
REPORT_SECONDS = 0.5
PAUSED = "Intake is paused in Arecibo, and no error is taken until somebody resumes it or the pause ends."
_SECOND = 1_000_000


class Intake:
    """The gate of one engine. `changed` is called with the pause, None when it has ended, on any thread.

    While many reports are turned away, that is twice a second at most. Safe from any thread.
    """

    def __init__(
        self,
        data_dir: Path,
        changed: Callable[[Pause | None], None] = lambda _pause: None,
        clock: Callable[[], int] = now_micros,
    ) -> None:
        self._data_dir = data_dir
        self._changed = changed
        self._clock = clock
        self._lock = threading.Lock()
        self._pause: Pause | None = None
        self._turned_away = 0
        self._report: threading.Timer | None = None
        self._end: threading.Timer | None = None
        self._is_stopped = False

    @property
    def pause(self) -> Pause | None:
        """The pause in force, with what was turned away so far."""
        pause = self._pause
        if pause is None or pause.is_over(self._clock()):
            return None
        return replace(pause, turned_away=self._turned_away)

    def begin(self, seconds: int | None = None) -> None:
        """Pause, for so long or until `resume`. Raises `OSError`."""
        intake_pause.begin(self._data_dir, seconds)
        self.follow()

    def resume(self) -> None:
        """Take reports again. Raises `OSError`."""
        intake_pause.end(self._data_dir)
        self.follow()

    def follow(self) -> None:
        """Read what was stored by this or another process."""
        found = intake_pause.read(self._data_dir, self._clock())
        with self._lock:
            self._is_stopped = False
            before, self._pause = self._pause, found
            if found is not None and (before is None or before.since != found.since):
                self._turned_away = found.turned_away
            self._plan_end(found)
            is_same = (before is None and found is None) or (
                before is not None
                and found is not None
                and (before.since, before.until) == (found.since, found.until)
            )
        if not is_same:
            log.warning("Intake is paused" if found is not None else "Intake goes on")
            self._changed(self.pause)

    def demand_open(self) -> None:
        """Raises `Refused` (503), which is not stored, while intake is paused. On the receiver's thread."""
        pause = self._pause
        if pause is None:
            return
        now = self._clock()
        if pause.is_over(now):
            return
        self._turned_away += 1
        if self._report is None:
            self._report = self._later(REPORT_SECONDS, self._count)
        left = RETRY_AFTER_SECONDS if pause.until is None else (pause.until - now) // _SECOND + 1
        raise Refused(503, PAUSED, retry_after=min(RETRY_AFTER_SECONDS, left), is_stored=False)

    def stop(self) -> None:
        """Store what was counted, and call nobody until `follow`."""
        with self._lock:
            self._is_stopped = True
            for timer in (self._report, self._end):
                if timer is not None:
                    timer.cancel()
        self._store()

    def _count(self) -> None:
        self._report = None
        self._store()
        if not self._is_stopped:
            self._changed(self.pause)

    def _store(self) -> None:
        pause = self.pause
        if pause is None:
            return
        try:
            intake_pause.count(self._data_dir, pause)
        except OSError as error:
            log.warning("How many reports were turned away cannot be stored: %s", error)

    def _plan_end(self, pause: Pause | None) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None
        if pause is not None and pause.until is not None:
            self._end = self._later(max(0.05, (pause.until - self._clock()) / _SECOND), self._ended)

    def _ended(self) -> None:
        if self._is_stopped:
            return
        # The clock may have been set: then the file says that it is not over yet.
        try:
            if self._pause is not None and self.pause is None:
                intake_pause.end(self._data_dir)
        except OSError as error:
            log.warning("The pause that has ended cannot be removed: %s", error)
        self.follow()

    def _later(self, seconds: float, act: Callable[[], None]) -> threading.Timer:
        timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), act)
        timer.daemon = True
        timer.start()
        return timer
