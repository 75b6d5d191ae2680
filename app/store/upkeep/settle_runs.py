"""Writes down what becomes known of runs of commands when they are over, and forgets those of long ago.

A run's last reports are digested after its end; one whose process was killed has never said that it ended.
"""

from collections.abc import Callable

from app.clock import now_micros
from app.store.database import Database
from app.store.places import runs
from app.store.places.runs import IsAlive

JOB = "settle-runs"
_DAY = 86_400_000_000


class SettleRuns:
    """Does that in one store. Runs that ended more than `days` ago are forgotten, as events are.

    `clock` gives microseconds since 1970; `announce` is called with the revision of a commit.
    """

    def __init__(
        self,
        database: Database,
        is_alive: IsAlive,
        days: Callable[[], int],
        *,
        clock: Callable[[], int] = now_micros,
        announce: Callable[[int], None] = lambda _revision: None,
    ) -> None:
        self._database = database
        self._is_alive = is_alive
        self._days = days
        self._clock = clock
        self._announce = announce

    def run(self) -> None:
        """Look through all runs once. Events are counted outside the transaction that writes."""
        now = self._clock()
        oldest = now - self._days() * _DAY
        with self._database.reading() as connection:
            gone = [run for run in runs.running(connection) if not self._is_alive(run)]
            are_old = runs.any_older(connection, oldest)
            settled = runs.settled(connection)
        if not (gone or are_old or settled):
            return
        with self._database.writing() as connection:
            runs.close(connection, gone, now)
            runs.forget_older(connection, oldest)
            self._announce(runs.record_settled(connection, settled))
