"""A report that leaves the line: how often it was tried, why it failed, and when it is due again."""

import traceback
from collections.abc import Callable

from msgspec import Struct

from app.digest import backoff
from app.model import Report
from app.settings import Settings
from app.store.queue.report_queue import Setback

DIED = "The digest's process ended while it worked on this report."
LARGE = "It is large: it is read behind the others, and filed in slices."


class Failure(Struct, frozen=True):
    """Why a report could not be digested: one line, and the whole traceback."""

    error: str
    traceback: str


def failure_of(error: Exception) -> Failure:
    """What `error` says, and where it was raised."""
    lines = traceback.format_exception(error)
    return Failure(lines[-1].strip(), "".join(lines))


class Tries:
    """Says by the settings when a report is tried again. `clock` gives microseconds since 1970."""

    def __init__(self, settings: Settings, clock: Callable[[], int]) -> None:
        self._settings = settings
        self._clock = clock

    def setback(
        self, report: Report, attempts: int, failure: Failure, *, filed: int | None = None
    ) -> Setback:
        """The report after so many tries; `filed` of its events are filed, where it is in the slow lane."""
        dead = attempts >= self._settings.retry_attempts
        return Setback(
            report_id=report.id,
            attempts=attempts,
            due_at=None if dead else self._clock() + backoff.pause(self._settings, attempts),
            dead=dead,
            error=failure.error,
            traceback=failure.traceback,
            filed=filed,
        )

    def set_aside(self, report: Report) -> Setback:
        """The report as it enters the slow lane."""
        return self.setback(report, 0, Failure(LARGE, LARGE), filed=0)

    def now(self) -> int:
        """Microseconds since 1970."""
        return self._clock()

    def longest_pause(self) -> int:
        """The longest that a report may wait for its next try, in microseconds."""
        return backoff.longest_pause(self._settings)
