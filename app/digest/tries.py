"""A report that leaves the line: how often it was tried, why it failed, and when it is due again."""

import traceback
from collections.abc import Callable

from msgspec import Struct

from app.model import Report
from app.settings import Settings
from app.store.queue.report_queue import ReportSetback

DIED = "The digest's process ended while it worked on this report."
FACTOR = 4
SECOND = 1_000_000
LARGE = "It is large: it is read behind the others, and filed in slices."


class Failure(Struct, frozen=True):
    """Why a report could not be digested: one line, and the whole traceback."""

    error: str
    traceback: str


def failure_of(error: Exception) -> Failure:
    """The message of `error`, and where it was raised."""
    lines = traceback.format_exception(error)
    return Failure(lines[-1].strip(), "".join(lines))


class Tries:
    """Decides by the settings when a report is tried again. `clock` returns microseconds since 1970."""

    def __init__(self, settings: Settings, clock: Callable[[], int]) -> None:
        self._settings = settings
        self._clock = clock

    def setback(
        self, report: Report, attempts: int, failure: Failure, *, filed: int | None = None
    ) -> ReportSetback:
        """The report after so many tries; `filed` of its events are filed, where it is in the slow lane."""
        dead = attempts >= self._settings.retry_attempts
        return ReportSetback(
            report_id=report.id,
            attempts=attempts,
            due_at=None if dead else self._clock() + pause(self._settings, attempts),
            dead=dead,
            error=failure.error,
            traceback=failure.traceback,
            filed=filed,
        )

    def set_aside(self, report: Report) -> ReportSetback:
        """The report as it enters the slow lane."""
        return self.setback(report, 0, Failure(LARGE, LARGE), filed=0)

    def now(self) -> int:
        """Microseconds since 1970."""
        return self._clock()

    def longest_pause(self) -> int:
        """`longest_pause` by the settings."""
        return longest_pause(self._settings)


def pause(settings: Settings, attempts: int) -> int:
    """How long a report waits after so many tries, in microseconds; 0 before the first.

    By default 2, 8, 32 and 128 seconds.
    """
    return int(settings.retry_seconds * FACTOR ** (attempts - 1) * SECOND) if attempts else 0


def longest_pause(settings: Settings) -> int:
    """The pause before the last try, in microseconds. Only a clock that was ahead writes a later due time."""
    return pause(settings, max(1, settings.retry_attempts - 1))
