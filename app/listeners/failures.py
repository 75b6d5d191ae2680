"""Failures of a person's code until they are stored: one for each listener, place and error of a batch."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from app.clock import now_micros
from app.listeners.frames import ListenerFailed
from app.listeners.host import ProcessEnded
from app.store.engine_state.listener_failures import NewFailure

log = logging.getLogger(__name__)

MOST = 100


class ListenerFailures:
    """Remembers failures of the code in `file`. `clock` gives microseconds since 1970."""

    def __init__(self, file: Path | None, clock: Callable[[], int] = now_micros) -> None:
        self._file = str(file)
        self._clock = clock
        self._failures: dict[tuple[str, str, str], NewFailure] = {}

    def add(self, failed: ListenerFailed) -> None:
        """Remember and log a failure, unless the same was added since the last `take`."""
        key = (failed.listener, failed.place, failed.error)
        if key not in self._failures and len(self._failures) < MOST:
            log.error("The listener %s failed at %s: %s", *key)
            self._failures[key] = NewFailure(
                at=self._clock(),
                listener=failed.listener,
                place=failed.place,
                error=failed.error,
                traceback=failed.traceback,
            )

    def add_end(self, listener: str, defined: str, ended: ProcessEnded, consequence: str) -> None:
        """Add that the process ended in `listener`, defined at `defined`; `consequence` ends the sentence."""
        in_file = [n for n, frame in enumerate(ended.stack) if frame.filename == self._file]
        stack = traceback.StackSummary.from_list(ended.stack[in_file[0] :] if in_file else ended.stack)
        place = f"{self._file}:{ended.stack[in_file[-1]].lineno}" if in_file else defined
        summary = f"{ended}{consequence}"
        where = "Where it was then (most recent call last):\n" if stack else ""
        self.add(ListenerFailed(listener, place, summary, "".join((where, *stack.format(), summary, "\n"))))

    def take(self) -> list[NewFailure]:
        """What was added since the last `take`."""
        taken, self._failures = list(self._failures.values()), {}
        return taken
