"""The backup of each day: made when the last one is a day old, and the oldest ones removed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.settings import BackupPolicy
from app.store import sqlite_copy
from app.store.upkeep import backup
from app.store.upkeep.backup import Backup

DAY = timedelta(days=1)
# It is asked more often than daily: the machine may have slept.
ASKED_SECONDS = 300.0


class DailyBackup:
    """Makes and removes the daily backups of one store; the policy is asked for with each run."""

    def __init__(
        self,
        store: Path,
        policy: Callable[[], BackupPolicy],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._policy = policy
        self._now = now
        self._is_stopping = is_stopping

    def run(self) -> int:
        """Make the backup that is due, if one is; returns how many were made. Raises `BackupFailed`."""
        policy = self._policy()
        folder = policy.folder or self._store.parent / backup.FOLDER
        if not policy.daily or not self._is_due(_daily(folder)):
            return 0
        file = backup.name_in(folder, is_daily=True)
        try:
            backup.make(self._store, file, is_given_up=self._is_stopping)
        except sqlite_copy.GivenUp:
            # The engine stops: the next one makes it.
            return 0
        for old in _daily(folder)[policy.kept :]:
            old.file.unlink(missing_ok=True)
        return 1

    def _is_due(self, daily: list[Backup]) -> bool:
        now = self._now()
        # One from the future was made by a clock that was ahead.
        return not any(now - DAY < each.at <= now + DAY for each in daily)


def _daily(folder: Path) -> list[Backup]:
    return [each for each in backup.listed(folder) if each.is_daily]
