"""When a background job runs: when there is something to do for it, and otherwise seldom.

A developer leaves Arecibo open all day, so a job that has nothing to do must not look for it every second.
What there is to do stands in the store with the time when it is due; the job is told that time when somebody
has written, and looks by itself now and then, since a clock may be set and a laptop may have slept.
"""

from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger


class Cadence(BaseTrigger):  # type: ignore[misc] # APScheduler has no types
    """Runs a job when it is due, `pause` seconds after its last run at the earliest, `every` at the latest.

    A job counts as having run when it is put to the scheduler.
    """

    def __init__(self, *, every: float, pause: float) -> None:
        self._every = timedelta(seconds=every)
        self._pause = timedelta(seconds=pause)
        self._ran: datetime | None = None
        # When there is something to do, and when that was learnt.
        self._due: tuple[datetime, datetime] | None = None

    def learn(self, due: datetime | None, now: datetime) -> datetime:
        """There is something to do at `due`, or nothing that is known; returns when the job runs next."""
        self._due = None if due is None else (due, now)
        return self._next(now)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """What the scheduler asks, first of all and with each run."""
        if previous_fire_time is not None or self._ran is None:
            self._ran = now
        return self._next(now)

    def _next(self, now: datetime) -> datetime:
        ran = self._ran or now
        latest = ran + self._every
        # What was due and known before the last run could not be done: it waits for the next look.
        if self._due is None or max(self._due) <= ran:
            return latest
        return min(latest, max(self._due[0], ran + self._pause))
