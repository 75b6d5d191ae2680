"""When a background job runs: when there is something to do for it, and otherwise seldom.

A developer leaves Arecibo open all day, so a job that has nothing to do must not look for it every second.
What there is to do stands in the store with the time when it is due; the job is told that time when somebody
has written, and looks by itself now and then. All times here are seconds of a monotonic clock.
"""


class Cadence:
    """Runs a job when it is due, `pause` seconds after its last run at the earliest, `every` at the latest.

    A job counts as having run when it is put to the scheduler.
    """

    def __init__(self, *, every: float, pause: float) -> None:
        self._every = every
        self._pause = pause
        self._ran: float | None = None
        # When there is something to do, and when that was learnt.
        self._due: tuple[float, float] | None = None
        self._retry_at: float | None = None

    def ran(self, now: float) -> None:
        """It is put to the scheduler now."""
        self._ran = now

    def learn(self, due: float | None, now: float) -> None:
        """There is something to do at `due`, or nothing that is known."""
        self._due = None if due is None else (due, now)

    def retry(self, at: float | None) -> None:
        """What failed is tried again then, whatever is learnt meanwhile; None once it went well."""
        self._retry_at = at

    def following(self, now: float) -> float:
        """When the job runs next."""
        ran = now if self._ran is None else self._ran
        times = [ran + self._every]
        # What was due and known before the last run could not be done: it waits for the next look.
        if self._due is not None and max(self._due) > ran:
            times.append(max(self._due[0], ran + self._pause))
        if self._retry_at is not None and self._retry_at > ran:
            times.append(self._retry_at)
        return min(times)
