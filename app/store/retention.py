"""What goes when there is too much: by count an issue, by age, by total size; oldest of the noisiest first.

The first and the last event of an issue always stay. Counters keep counting what was, so an issue says
how often it happened even when most of that is gone. Each step is a short transaction of its own, so
that the receiver never waits long for it.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, exists, func, select

from app.settings import Retention
from app.store import callers, letters, sqlite
from app.store import schema as t
from app.store.database import Database

STEP = 500
DAY = 86_400_000_000
FREE_PAGES_AT_ONCE = 2_000
TAG_VALUES_PER_ISSUE = 2_000


class Sweep:
    """Applies one retention policy to one store. `clock` gives microseconds since 1970."""

    def __init__(
        self,
        database: Database,
        policy: Retention,
        *,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000,
    ) -> None:
        self._database = database
        self._policy = policy
        self._clock = clock

    def run(self) -> int:
        """Remove what is too much; returns the number of events that went."""
        removed = self._too_many() + self._too_old() + self._too_large()
        self._trim_tags()
        self._forget_discarded()
        with self._database.writing() as connection:
            callers.forget_old(connection)
            self._forget_notices(connection)
        self._give_back()
        return removed

    def _forget_notices(self, connection: Connection) -> None:
        horizon = self._clock() - self._policy.days * DAY
        connection.execute(delete(t.outbox).where(t.outbox.c.created_at < horizon))

    def _too_many(self) -> int:
        """Events beyond the newest `events_per_issue` of each issue."""
        keep = self._policy.events_per_issue
        stored = func.count().label("stored")
        crowded = select(t.events.c.issue_id, stored).group_by(t.events.c.issue_id).having(stored > keep)
        with self._database.reading() as connection:
            surplus = [(row.issue_id, row.stored - keep) for row in connection.execute(crowded)]
        return sum(self._remove(_oldest_of(issue_id), count) for issue_id, count in surplus)

    def _too_old(self) -> int:
        horizon = self._clock() - self._policy.days * DAY
        old = _removable().where(t.reports.c.received_at < horizon).order_by(t.events.c.id)
        return self._remove(old)

    def _too_large(self) -> int:
        removed = 0
        while True:
            with self._database.reading() as connection:
                if sqlite.used_bytes(connection) <= self._policy.total_bytes:
                    return removed
                noisiest = connection.execute(_noisiest()).scalar()
            if noisiest is None:
                return removed
            removed += self._remove(_oldest_of(noisiest), STEP)

    def _remove(self, candidates: Select[Any], most: int | None = None) -> int:
        """Remove `candidates` (a select of event ids) step by step, `most` in all; returns how many went."""
        removed = 0
        while most is None or removed < most:
            step = STEP if most is None else min(STEP, most - removed)
            with self._database.writing() as connection:
                ids = list(connection.execute(candidates.limit(step)).scalars())
                remove_events(connection, ids)
            removed += len(ids)
            if len(ids) < step:
                break
        return removed

    def _forget_discarded(self) -> None:
        gone = letters.AT_ONCE
        while gone == letters.AT_ONCE:
            with self._database.writing() as connection:
                gone = letters.forget_discarded(connection, self._clock())

    def _trim_tags(self) -> None:
        """A tag whose values never repeat would grow for ever: of those, the rarest go."""
        values = func.count().label("values")
        crowded = (
            select(t.issue_tags.c.issue_id, values)
            .group_by(t.issue_tags.c.issue_id)
            .having(values > TAG_VALUES_PER_ISSUE)
        )
        with self._database.reading() as connection:
            issues = list(connection.execute(crowded).scalars())
        for issue_id in issues:
            with self._database.writing() as connection:
                _trim_tags_of(connection, issue_id)

    def _give_back(self) -> None:
        with self._database.maintaining() as connection:
            sqlite.give_back(connection, FREE_PAGES_AT_ONCE)


def remove_events(connection: Connection, ids: Sequence[int]) -> None:
    """Remove events, and the reports that brought nothing else."""
    if not ids:
        return
    reports = list(
        connection.execute(select(t.events.c.report_id).distinct().where(t.events.c.id.in_(ids))).scalars()
    )
    files = (
        select(t.attachments.c.report_id)
        .join(t.events, t.events.c.event_id == t.attachments.c.event_id)
        .where(t.events.c.id.in_(ids), t.events.c.project_id == t.attachments.c.project_id)
    )
    reports += connection.execute(files.distinct()).scalars()
    sqlite.forget_events(connection, ids)
    connection.execute(delete(t.events).where(t.events.c.id.in_(ids)))
    bare = t.reports.c.id.in_(reports) & ~exists().where(t.events.c.report_id == t.reports.c.id)
    unused = list(connection.execute(select(t.reports.c.id).where(bare)).scalars())
    for table in (t.attachments, t.feedback, t.event_changes):
        connection.execute(delete(table).where(table.c.report_id.in_(unused)))
    connection.execute(delete(t.reports).where(t.reports.c.id.in_(unused)))


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


def _noisiest() -> Select[Any]:
    """The issue with the most events that can go, if there is one."""
    return (
        select(t.events.c.issue_id)
        .group_by(t.events.c.issue_id)
        .having(func.count() > 2)
        .order_by(func.count().desc())
        .limit(1)
    )


def _trim_tags_of(connection: Connection, issue_id: int) -> None:
    rarest = (
        select(t.issue_tags.c.key, t.issue_tags.c.value)
        .where(t.issue_tags.c.issue_id == issue_id)
        .order_by(t.issue_tags.c.count.desc())
        .offset(TAG_VALUES_PER_ISSUE)
    )
    for key, value in connection.execute(rarest).all():
        connection.execute(
            delete(t.issue_tags).where(
                t.issue_tags.c.issue_id == issue_id, t.issue_tags.c.key == key, t.issue_tags.c.value == value
            )
        )
