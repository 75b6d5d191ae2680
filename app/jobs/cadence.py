"""When a background job runs: when there is something to do for it, and otherwise seldom.

A developer leaves Arecibo open all day, so a job that has nothing to do must not ask the store every second.
The store knows when a job has something to do; its cadence learns that time whenever
another process has written, and the job also runs by itself now and then. All times are seconds of a
monotonic clock.
"""


class Cadence:
    """Runs a job when it is due, `pause` seconds after its last run at the earliest, `every` at the latest.

    A job counts as having run when it is submitted to the scheduler.
    """

    def __init__(self, *, every: float, pause: float) -> None:
        self._every = every
        self._pause = pause
        self._submitted_at: float | None = None
        # When there is something to do, and when that was learnt.
        self._due: tuple[float, float] | None = None
        self._retry_at: float | None = None

    def submitted(self, now: float) -> None:
        """The job is submitted to the scheduler now."""
        self._submitted_at = now

    def set_due(self, due: float | None, now: float) -> None:
        """There is something to do at `due`; None: nothing that is known."""
        self._due = None if due is None else (due, now)

    def set_retry(self, at: float | None) -> None:
        """Try a failed run again at `at`, whatever becomes due meanwhile; None after a success."""
        self._retry_at = at

    def next_run(self, now: float) -> float:
        """When the job runs next."""
        last = now if self._submitted_at is None else self._submitted_at
        times = [last + self._every]
        # What was due and known before the last run was not done by it: wait for the next `set_due`.
        if self._due is not None and max(self._due) > last:
            times.append(max(self._due[0], last + self._pause))
        if self._retry_at is not None and self._retry_at > last:
            times.append(self._retry_at)
        return min(times)
