"""Waits for an error: the first event that is filed from now on and is what is waited for.

A script that has just run something, a check of a fix and an assistant wait in the same way.
"""

import math
import time
from collections.abc import Callable

from msgspec import Struct

from app.model import EventSummary
from app.query import writing
from app.store.database import Connection, Database
from app.store.inbox.lists import events, issues

POLL_SECONDS = 0.05
# What is found by its breadcrumbs or its request is found a little after it was filed.
_AGAIN_SECONDS = 1.0
# Of those that match, so many of the newest are looked at.
_AT_ONCE = 500
_MOST = 100_000


class Wanted(Struct, frozen=True):
    """Which error: of a project, of a search (docs/search.md), and only of an issue that is new.

    An issue is new if its first event has come since the wait began.
    """

    project: str | None = None
    query: str = ""
    only_new: bool = False

    @property
    def search(self) -> str:
        """All that can be said by a search, as one."""
        project = writing.term("project", self.project) if self.project else ""
        return f"{project} ({self.query})" if project and self.query.strip() else project or self.query


class NextError:
    """Remembers where the store's events ended when it was made; only later ones are waited for.

    With `after`, a position that was read before, all that have come since then count. `position` is how far
    has been looked: who waits again from there misses nothing.
    """

    def __init__(self, database: Database, wanted: Wanted, *, after: int | None = None) -> None:
        self._database = database
        self._wanted = wanted
        self._search = wanted.search
        with database.reading() as connection:
            last = events.last(connection)
            self._begun = last if after is None else min(after, last)
            self._last_issue = issues.last(connection) if after is None else None
        # What has come since `after` is worth a search at once.
        self.position = self._seen = self._begun
        self._looked_at = time.monotonic()

    def look(self) -> EventSummary | None:
        """The first event that is waited for, if it has been filed by now."""
        with self._database.reading() as connection:
            last = events.last(connection)
            if last <= self._begun or not self._is_worth_a_search(last):
                return None
            if (
                self._wanted.only_new
                and self._last_issue is not None
                and issues.last(connection) <= self._last_issue
            ):
                return None
            # In a flood of what is known, the event of a new issue is not among the newest.
            most = min(last - self._begun, _MOST) if self._wanted.only_new else _AT_ONCE
            found = events.summaries(connection, text=self._search, limit=most)
            later = [event for event in found if event.pk > self._begun]
            if self._wanted.only_new:
                later = [event for event in later if self._is_new(connection, event.issue_id)]
        self.position = last
        return later[-1] if later else None

    def wait(self, seconds: float | None, is_over: Callable[[float], bool]) -> EventSummary | None:
        """Wait for it, for `seconds` at most (None: for ever); None when it has not come.

        `is_over` waits for so many seconds, and says whether the wait is to be given up.
        """
        ends = math.inf if seconds is None else time.monotonic() + seconds
        while True:
            found = self.look()
            left = ends - time.monotonic()
            if found is not None or left <= 0 or is_over(min(POLL_SECONDS, left)):
                return found

    def _may_be_new(self, connection: Connection) -> bool:
        return self._last_issue is None or issues.last(connection) > self._last_issue

    def _is_new(self, connection: Connection, issue_id: int) -> bool:
        if self._last_issue is not None:
            return issue_id > self._last_issue
        return not events.has_until(connection, issue_id, self._begun)

    def _is_worth_a_search(self, last: int) -> bool:
        now = time.monotonic()
        if last == self._seen and now < self._looked_at + _AGAIN_SECONDS:
            return False
        self._seen, self._looked_at = last, now
        return True
