"""Reports the outcome and times of each run of a job to the store's run log."""

from app.jobs.clock_jumps import Clocks
from app.store.engine_state.run_log import RunLog


class RunReports:
    """Remembers when the current runs began, and which jobs a person waits for. Safe from any thread."""

    def __init__(self, run_log: RunLog, clocks: Clocks) -> None:
        self._run_log = run_log
        self._clocks = clocks
        # By the job's name, in microseconds.
        self._began: dict[str, int] = {}
        self._requested: set[str] = set()

    def requested(self, name: str) -> None:
        """A user waits for the job's next run: write it at once."""
        self._requested.add(name)

    def not_requested(self, name: str) -> None:
        """Undo `requested`."""
        self._requested.discard(name)

    def began(self, name: str) -> None:
        """A run has been started."""
        self._began[name] = self._clocks.wall_micros()

    def ended(self, name: str, started: int, ended: int) -> None:
        """A run ended well, at these times in microseconds."""
        self._report(name, started, ended, None)

    def failed(self, name: str, error: str) -> None:
        """A run has failed just now, or could not be started."""
        now = self._clocks.wall_micros()
        self._report(name, min(now, self._began.get(name, now)), now, error)

    def _report(self, name: str, started: int, ended: int, error: str | None) -> None:
        is_news = name in self._requested
        self._requested.discard(name)
        self._run_log.ended(name, started, ended, error, is_news=is_news)
