"""Removes events beyond the retention policy: by count an issue, by age, by total size.

By size, the oldest of the noisiest issue go first. The first and the last event of an issue stay while the
budget allows it, and its counters still count what was removed. When the budget is still exceeded, whole
issues go: resolved and muted ones first, then read ones, unread ones last, the oldest of each first. How many
went whole is written down (`retention_log`), since a user may look for one.

Each step is a short transaction of its own, followed by a pause, so that neither the receiver nor a user
waits long for the lock. A run ends after half a second, since the digest waits for its process; where
something is left to do, another run is requested.
"""

import heapq
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, delete, exists, func, select, tuple_

from app.clock import now_micros
from app.settings import Retention
from app.store import schema as t
from app.store import sqlite
from app.store.database import Database
from app.store.engine_state import job_requests
from app.store.inbox import callers
from app.store.inbox.removal import least_wanted, remove_events, remove_issues
from app.store.notices import outbox
from app.store.queue import dead_letters
from app.store.upkeep import retention_log

JOB = "retention"
STEP = 100
ISSUES_AT_ONCE = 25
CANDIDATES = 500
TAG_VALUES_AT_ONCE = 500
DAY = 86_400_000_000
FREE_PAGES_AT_ONCE = 500
TAG_VALUES_PER_ISSUE = 2_000
RUN_SECONDS = 0.5
# A connection that waits for the write lock tries every few milliseconds.
PAUSE_SECONDS = 0.005


class Swept(Struct):
    """What a run removed; `is_finished` unless its time ran out."""

    events: int = 0
    issues: int = 0
    is_finished: bool = True


class Sweep:
    """Applies one retention policy to one store. `clock` gives microseconds since 1970.

    A run takes `seconds`, and the step that was begun by then.
    """

    def __init__(
        self,
        database: Database,
        policy: Retention,
        *,
        clock: Callable[[], int] = now_micros,
        seconds: float = RUN_SECONDS,
    ) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock
        self._seconds = seconds

    def run(self) -> int:
        """Remove what exceeds the policy, for `seconds` at most; returns the number of events removed."""
        return self.sweep().events

    def sweep(self) -> Swept:
        """The same; returns all that the run did."""
        until = time.monotonic() + self._seconds
        swept = Swept()
        for _step in self._steps(swept):
            if time.monotonic() > until:
                swept.is_finished = False
                break
            time.sleep(PAUSE_SECONDS)
        with self._database.writing() as connection:
            if swept.issues:
                retention_log.note(connection, self._clock(), swept.events, swept.issues)
            if not swept.is_finished:
                job_requests.add(connection, JOB, self._clock())
        return swept

    def _steps(self, swept: Swept) -> Iterator[None]:
        """Each step is one transaction, and leaves the store consistent."""
        yield from self._forget_discarded()
        yield from self._forget_old_rows()
        yield from self._trim_tags()
        yield from self._remove_surplus(swept)
        yield from self._remove_old(swept)
        yield from self._remove_from_noisiest(swept)
        yield from self._remove_whole_issues(swept)
        yield from self._give_back()

    def _forget_old_rows(self) -> Iterator[None]:
        horizon = self._clock() - self._policy.days * DAY
        with self._database.writing() as connection:
            callers.forget_old(connection)
            outbox.forget_older(connection, horizon)
        yield

    def _forget_discarded(self) -> Iterator[None]:
        gone = dead_letters.AT_ONCE
        while gone == dead_letters.AT_ONCE:
            with self._database.writing() as connection:
                gone = dead_letters.forget_discarded(connection, self._clock())
            yield

    def _remove_surplus(self, swept: Swept) -> Iterator[None]:
        """Events beyond the newest `events_per_issue` of each issue."""
        keep = self._policy.events_per_issue
        with self._database.reading() as connection:
            crowded = _crowded(connection, keep)
        for issue_id, stored in crowded:
            yield from self._remove(swept, _oldest_of(issue_id), stored - keep)

    def _remove_old(self, swept: Swept) -> Iterator[None]:
        horizon = self._clock() - self._policy.days * DAY
        old = _removable().where(t.reports.c.received_at < horizon).order_by(t.events.c.id)
        yield from self._remove(swept, old)

    def _remove_from_noisiest(self, swept: Swept) -> Iterator[None]:
        """Beyond `total_bytes`, of the issue with the most events, until each has but its first and last."""
        if not self._is_too_large():
            return
        with self._database.reading() as connection:
            noisy = [(-stored, issue_id) for issue_id, stored in _crowded(connection, 2)]
        heapq.heapify(noisy)
        while noisy and self._is_too_large():
            stored, issue_id = heapq.heappop(noisy)
            yield from self._remove(swept, _oldest_of(issue_id), STEP)
            if -stored - STEP > 2:
                heapq.heappush(noisy, (stored + STEP, issue_id))

    def _remove_whole_issues(self, swept: Swept) -> Iterator[None]:
        while self._is_too_large():
            with self._database.reading() as connection:
                candidates = list(connection.scalars(least_wanted(CANDIDATES)))
            if not candidates:
                return
            for start in range(0, len(candidates), ISSUES_AT_ONCE):
                if not self._is_too_large():
                    return
                going = candidates[start : start + ISSUES_AT_ONCE]
                with self._database.writing() as connection:
                    swept.events += remove_issues(connection, going)
                swept.issues += len(going)
                yield

    def _remove(self, swept: Swept, candidates: Select[Any], most: int | None = None) -> Iterator[None]:
        """Remove `candidates` (a select of event ids) step by step, `most` in all."""
        removed = 0
        while most is None or removed < most:
            step = STEP if most is None else min(STEP, most - removed)
            with self._database.writing() as connection:
                ids = list(connection.execute(candidates.limit(step)).scalars())
                remove_events(connection, ids)
            removed += len(ids)
            swept.events += len(ids)
            yield
            if len(ids) < step:
                return

    def _is_too_large(self) -> bool:
        with self._database.reading() as connection:
            return sqlite.used_bytes(connection) > self._policy.total_bytes

    def _trim_tags(self) -> Iterator[None]:
        """A tag whose values never repeat would grow for ever: of those, the rarest go."""
        with self._database.reading() as connection:
            crowded = _with_too_many_tags(connection)
        for issue_id in crowded:
            with self._database.reading() as connection:
                rarest = _rarest_tags(connection, issue_id)
            for start in range(0, len(rarest), TAG_VALUES_AT_ONCE):
                going = rarest[start : start + TAG_VALUES_AT_ONCE]
                tags = t.issue_tags.c
                rows = (tags.issue_id == issue_id) & tuple_(tags.key, tags.value).in_(going)
                with self._database.writing() as connection:
                    connection.execute(delete(t.issue_tags).where(rows))
                yield

    def _give_back(self) -> Iterator[None]:
        free = True
        while free:
            with self._database.maintaining() as connection:
                sqlite.give_back(connection, FREE_PAGES_AT_ONCE)
                free = sqlite.free_pages(connection) > 0
            yield


def _crowded(connection: Connection, keep: int) -> list[tuple[int, int]]:
    """The issues with more than `keep` stored events, and how many each has."""
    stored = func.count().label("stored")
    query = select(t.events.c.issue_id, stored).group_by(t.events.c.issue_id).having(stored > keep)
    return [(row.issue_id, row.stored) for row in connection.execute(query)]


def _removable() -> Select[Any]:
    """Events that are neither the first nor the last of their issue."""
    other = t.events.alias()
    of_issue = other.c.issue_id == t.events.c.issue_id
    return (
        select(t.events.c.id)
        .join(t.reports, t.reports.c.id == t.events.c.report_id)
        .where(
            exists().where(of_issue, other.c.id < t.events.c.id),
            exists().where(of_issue, other.c.id > t.events.c.id),
        )
    )


def _oldest_of(issue_id: int) -> Select[Any]:
    return _removable().where(t.events.c.issue_id == issue_id).order_by(t.events.c.id)


def _with_too_many_tags(connection: Connection) -> list[int]:
    crowded = (
        select(t.issue_tags.c.issue_id)
        .group_by(t.issue_tags.c.issue_id)
        .having(func.count() > TAG_VALUES_PER_ISSUE)
    )
    return list(connection.execute(crowded).scalars())


def _rarest_tags(connection: Connection, issue_id: int) -> Sequence[tuple[str, str]]:
    tags = t.issue_tags.c
    rarest = (
        select(tags.key, tags.value)
        .where(tags.issue_id == issue_id)
        .order_by(tags.count.desc())
        .offset(TAG_VALUES_PER_ISSUE)
    )
    return [(row.key, row.value) for row in connection.execute(rarest)]
