"""Runs a command, and tells whether an issue came back with it."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing

from msgspec import Struct

from app.runs.run import Ended, Run
from app.settings import Settings
from app.store.database import Connection, open_existing
from app.store.grouping import corrections
from app.store.inbox.lists import events
from app.store.inbox.lists import issues as issue_store
from app.store.queue import queue_overview

SETTLE_SECONDS = 30.0
_LOOK_SECONDS = 0.2
_POLL_SECONDS = 0.02


class NoIssue(Exception):
    """There is no issue of that number."""


class Verdict(Struct, frozen=True):
    """Whether the issue came back: `event` is the newest one that it got since, None when it got none.

    `issue` is the number of the issue that it is now. `is_sure` is false when what was reported could not be
    filed in time. `was_ended` tells that the command was ended, because of the time or because it came back.
    """

    issue: int
    event: int | None
    is_sure: bool
    was_ended: bool
    ended: Ended


class Verification:
    """Of issue `issue_id`, by `command`; for `seconds` at most (None: until the command ends by itself).

    The errors of the command are of `project`, or else of the issue's: elsewhere it would be another issue.
    """

    def __init__(
        self,
        settings: Settings,
        issue_id: int,
        command: Sequence[str],
        *,
        project: str | None = None,
        seconds: float | None = None,
        notice: Callable[[str], None] = lambda _sentence: None,
    ) -> None:
        self._settings = settings
        self._issue_id = issue_id
        self._ends_at: float | None = None
        self._seconds = seconds
        self._next_look = 0.0
        self._was_ended = False
        self._command = command
        self._project = project
        self._notice = notice

    def verify(self) -> Verdict:
        """Run it. Raises `NoIssue` and `StoreError` before, and what `Run.run` raises."""
        with closing(open_existing(self._settings.data_dir)) as database, database.reading() as connection:
            self._begun = events.last(connection)
            issue = issue_store.get(connection, self._issue(connection))
            if issue is None:
                raise NoIssue(self._issue_id)
        is_over = None if self._seconds is None else self._is_over
        project = self._project or issue.project
        # Nothing of the store is open while another process is made of this one.
        ended = Run(self._settings, self._command, project, notice=self._notice, is_over=is_over).run()
        is_sure = self._settle()
        with closing(open_existing(self._settings.data_dir)) as database, database.reading() as connection:
            return Verdict(
                self._issue(connection), self._came_back(connection), is_sure, self._was_ended, ended
            )

    def _issue(self, connection: Connection) -> int:
        (issue,) = corrections.shown(connection, [self._issue_id])
        return issue

    def _came_back(self, connection: Connection) -> int | None:
        newest = events.newest(connection, self._issue(connection))
        return newest if newest is not None and newest > self._begun else None

    def _is_over(self) -> bool:
        """Whether the time is over, or the issue came back: then there is nothing more to wait for."""
        now = time.monotonic()
        if self._ends_at is None:
            assert self._seconds is not None
            self._ends_at = now + self._seconds
        if now < min(self._next_look, self._ends_at):
            return False
        self._next_look = now + _LOOK_SECONDS
        with closing(open_existing(self._settings.data_dir)) as database, database.reading() as connection:
            self._was_ended = now >= self._ends_at or self._came_back(connection) is not None
        return self._was_ended

    def _settle(self) -> bool:
        """Wait until all that has arrived by now is filed; whether it is."""
        ended_at = time.time()
        deadline = time.monotonic() + SETTLE_SECONDS
        with closing(open_existing(self._settings.data_dir)) as database:
            while time.monotonic() < deadline:
                with database.reading() as connection:
                    oldest = queue_overview.oldest(connection)
                if oldest is None or oldest.timestamp() > ended_at:
                    return True
                time.sleep(_POLL_SECONDS)
        return False
