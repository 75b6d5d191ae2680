"""Removes for good what was deleted a day ago, in short transactions with pauses, as retention does.

An issue goes with its events, and with the issues that were merged into it. The newest issue and that of
the newest event stay until there are newer ones: their numbers must not be used twice. While the grouping is
being corrected nothing goes: its events are on their way between issues.
"""

import time
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, func, select

from app.clock import now_micros
from app.store import schema as t
from app.store import sqlite
from app.store.database import Database
from app.store.grouping import corrections
from app.store.inbox.events.removal import remove_events, remove_issues
from app.store.inbox.indexes import events_by_issue
from app.store.prepared import Prepared
from app.store.trash import deleted_issues, deletions
from app.store.upkeep import file_space

JOB = "empty-trash"
EVENTS_AT_ONCE = 500
ISSUES_AT_ONCE = 25
TIDIED_EVERY = 8
RUN_SECONDS = 10.0
PAUSE_SECONDS = 0.005


class EmptyTrash:
    """Empties the trash of one store. `clock` gives microseconds since 1970.

    A run takes `seconds`, and the step that was begun by then; it also ends when `is_stopping`.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], int] = now_micros,
        seconds: float = RUN_SECONDS,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._database = database
        self._clock = clock
        self._seconds = seconds
        self._is_stopping = is_stopping

    def run(self) -> None:
        """Remove what is due."""
        until = time.monotonic() + self._seconds
        for number, _step in enumerate(self._steps(), 1):
            if number % TIDIED_EVERY == 0:
                file_space.tidy(self._database)
            if time.monotonic() > until or self._is_stopping():
                return
            time.sleep(PAUSE_SECONDS)

    def _steps(self) -> Iterator[None]:
        """Each step is one transaction, and leaves the store consistent."""
        with self._database.reading() as connection:
            due = deletions.due(connection, self._clock())
        for deletion in due:
            yield from self._empty(deletion)
            with self._database.writing() as connection:
                deletions.end_empty(connection, deletion)
                deletions.put_off(connection, deletion, self._clock())
            yield

    def _empty(self, deletion: int) -> Iterator[None]:
        with self._database.reading() as connection:
            is_regrouping, _progress = corrections.progress(connection)
            going = (
                []
                if is_regrouping
                else _without_newest(connection, deletions.issues_of(connection, deletion))
            )
        for start in range(0, len(going), ISSUES_AT_ONCE):
            some = going[start : start + ISSUES_AT_ONCE]
            with self._database.reading() as connection:
                some_events = _events_of(connection, some)
            for begin in range(0, len(some_events), EVENTS_AT_ONCE):
                with self._database.writing() as connection:
                    remove_events(connection, some_events[begin : begin + EVENTS_AT_ONCE])
                yield
            with self._database.writing() as connection:
                merged = _merged_into(connection, some)
                deleted_issues.forget(connection, some)
                remove_issues(connection, [*some, *merged])
            yield


def _without_newest(connection: Connection, issues: Sequence[int]) -> list[int]:
    newest = select(t.events.c.issue_id).order_by(t.events.c.id.desc()).limit(1)
    staying = {
        connection.execute(select(func.max(t.issues.c.id))).scalar(),
        connection.execute(newest).scalar(),
    }
    return [issue for issue in issues if issue not in staying]


def _events_of(connection: Connection, issues: Sequence[int]) -> list[int]:
    entries = events_by_issue.ENTRIES.c
    found = connection.execute(select(entries.event).where(entries.issue_id.in_(issues)))
    return sorted(found.scalars())


def _merged_into(connection: Connection, issues: Sequence[int]) -> list[int]:
    """The issues that were merged into these, or into those."""
    found: list[int] = []
    reached = list(issues)
    while reached:
        given = sqlite.values_of(reached)
        reached = [issue for (issue,) in _MERGED_INTO.rows(connection, issues=given)]
        found += reached
    return found


_MERGED_INTO = Prepared(
    select(t.issues.c.id).where(
        sqlite.among(t.issues.c.merged_into, "issues"), t.issues.c.merged_into.is_not(None)
    )
)
