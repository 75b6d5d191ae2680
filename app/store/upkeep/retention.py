"""Removes events beyond the retention policy: by count an issue, by age, by total size.

The first and the last event of an issue stay while the budget allows it, and its counters still count what
was removed. Beyond the size, the oldest events of the noisiest issues go first, then the oldest of all. When
the budget is still exceeded, whole issues go: resolved and muted ones first, then read ones, unread ones
last, the oldest of each first. How many went whole is written down (`retention_log`): people look for them.

A sweep costs as much as there is to remove: new events are counted as they come (`counts/event_counts`), and
how far old ones were removed is stored (`aged_through`). What is to be removed goes in short transactions,
with pauses, so that neither the receiver nor the digest waits long for the lock. After each, the pages that
became free are given back to the disk, and the log is moved into the file, so that it stays short.

It runs in a thread of the engine: nearly all of its work is SQLite's, which needs no interpreter.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from sqlalchemy import Connection, select, update

from app.clock import now_micros
from app.settings import Retention
from app.store import schema as t
from app.store import sqlite
from app.store.database import Database
from app.store.engine_state import job_requests
from app.store.inbox.counts import event_counts
from app.store.inbox.events import callers
from app.store.inbox.events.removal import index_again, index_entries, remove_events, remove_issues, unindex
from app.store.inbox.lists import events
from app.store.notices import outbox
from app.store.queue import dead_letters
from app.store.traces import trace_rows
from app.store.upkeep import candidates, file_space, retention_log, tag_values
from app.store.upkeep.candidates import Age, IssueKind, IssueStretch, Place, Stretch

JOB = "retention"
# How many events a transaction removes, as fast as the machine is: with fewer, more pages are written again
# and again, and read anew, since others have written meanwhile; with more, a client waits longer.
STEP = 1_000
FIRST_STEP = 250
LEAST_STEP = 100
STEP_SECONDS = 0.025
COUNTED_AT_ONCE = 2_000
ISSUES_AT_ONCE = 25
ISSUES_READ_AT_ONCE = 500
CROWDED_AT_ONCE = 100
# Events that every issue may have before the size budget takes of the noisiest first.
QUIET = 100
# The first and the last event of an issue.
FEWEST = 2
TAG_VALUES_AT_ONCE = 500
DAY = 86_400_000_000
# In steps: each writes some 3 MB into the log, and up to 13 where little is removed at a time.
TIDIED_EVERY = 4
# How many events are chosen at once; from so many on, their entries in indexes are removed first, in order.
PLANNED = 30_000
SORTED_FROM = 1_000
UNINDEXED_AT_ONCE = 4_000
# What an event frees at least. An estimate: the size is looked at again after so many events.
EVENT_BYTES = 4_096
RUN_SECONDS = 10.0
# A connection that waits for the write lock tries every few milliseconds.
PAUSE_SECONDS = 0.005
# The pages that one transaction changes, and those of the index by issue, which each step reads: with half
# of it, 39 kB were read for an event in place of 19.
CACHE_BYTES = 32 << 20


class Swept(Struct):
    """What a run removed; `is_finished` unless its time ran out."""

    events: int = 0
    issues: int = 0
    is_finished: bool = True


class Sweep:
    """Applies a retention policy to one store; a function is asked for it with each run.

    `clock` gives microseconds since 1970. A run takes `seconds`, and the step that was begun by then; it also
    ends when `is_stopping`. Where something is left to do, another run is requested.
    """

    def __init__(
        self,
        database: Database,
        policy: Retention | Callable[[], Retention],
        *,
        clock: Callable[[], int] = now_micros,
        seconds: float = RUN_SECONDS,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        # Not durable: what a power cut brings back is removed again.
        self._database = Database(database.file, durable=False, must_exist=True, cache_bytes=CACHE_BYTES)
        self._policy_now = policy if callable(policy) else lambda: policy
        self._policy = self._policy_now()
        self._clock = clock
        self._seconds = seconds
        self._is_stopping = is_stopping
        self._step = min(FIRST_STEP, STEP)

    def run(self) -> int:
        """Remove what exceeds the policy, for `seconds` at most; returns the number of events removed."""
        return self.sweep().events

    def sweep(self) -> Swept:
        """The same; returns all that the run did."""
        until = time.monotonic() + self._seconds
        swept = Swept()
        self._policy = self._policy_now()
        try:
            for number, _step in enumerate(self._steps(swept), 1):
                if number % TIDIED_EVERY == 0:
                    file_space.tidy(self._database)
                if time.monotonic() > until or self._is_stopping():
                    swept.is_finished = False
                    break
                time.sleep(PAUSE_SECONDS)
            self._note(swept)
        finally:
            self._database.rest()
        return swept

    def _note(self, swept: Swept) -> None:
        if swept.is_finished and not swept.issues:
            return
        with self._database.writing() as connection:
            if swept.issues:
                retention_log.note(connection, self._clock(), swept.events, swept.issues)
            if not swept.is_finished:
                job_requests.add(connection, JOB, self._clock())

    def _steps(self, swept: Swept) -> Iterator[None]:
        """Each step is one transaction, and leaves the store consistent."""
        yield from self._forget_discarded()
        yield from self._forget_old_rows()
        yield from self._count_new(swept)
        yield from self._remove_surplus(swept)
        yield from self._remove_oldest(swept, self._age())
        yield from self._remove_beyond_size(swept)
        yield from self._give_back()

    def _age(self) -> Age:
        now = self._clock()
        return Age(now - self._policy.days * DAY, now)

    # -- what is not events --------------------------------------------------------------------------------

    def _forget_discarded(self) -> Iterator[None]:
        gone = dead_letters.AT_ONCE
        while gone == dead_letters.AT_ONCE:
            with self._database.writing() as connection:
                gone = dead_letters.forget_discarded(connection, self._clock())
            yield

    def _forget_old_rows(self) -> Iterator[None]:
        gone = outbox.FORGOTTEN_AT_ONCE
        while gone == outbox.FORGOTTEN_AT_ONCE:
            with self._database.writing() as connection:
                callers.forget_old(connection)
                gone = outbox.forget_older(connection, self._age().horizon)
            yield

    def _trim_tags(self, issue_ids: Sequence[int]) -> Iterator[None]:
        for issue_id in issue_ids:
            gone = TAG_VALUES_AT_ONCE
            while gone == TAG_VALUES_AT_ONCE:
                with self._database.writing() as connection:
                    gone = tag_values.trim(connection, issue_id, TAG_VALUES_AT_ONCE)
                yield

    # -- events --------------------------------------------------------------------------------------------

    def _count_new(self, swept: Swept) -> Iterator[None]:
        """Count what came since the last sweep; and remove what was spared as the last event of its issue."""
        with self._database.reading() as connection:
            last, counted = events.last(connection), event_counts.counted_through(connection)
        while counted < last:
            with self._database.writing() as connection:
                came = event_counts.count_new(connection, last, COUNTED_AT_ONCE)
                counted = event_counts.counted_through(connection)
                aged = _aged_through(connection)
                left = candidates.left_behind(connection, came, aged, self._age()) if aged else []
                remove_events(connection, left)
                grown = tag_values.grown(connection, came)
            swept.events += len(left)
            yield
            yield from self._trim_tags(grown)

    def _remove_surplus(self, swept: Swept) -> Iterator[None]:
        """Events beyond the newest `events_per_issue` of each issue."""
        keep = max(self._policy.events_per_issue, FEWEST)
        while going := self._surplus(keep, PLANNED):
            yield from self._remove(swept, going)

    def _remove_oldest(self, swept: Swept, age: Age | None) -> Iterator[None]:
        """Events that are old, from the oldest on; with `age` None any, while the store is too large."""
        while stretch := self._stretch(age):
            yield from self._unindex(stretch)
            yield from self._remove(swept, stretch.going)
            self._set_progress(aged_through=stretch.through)
            yield

    def _remove_beyond_size(self, swept: Swept) -> Iterator[None]:
        while (room := self._room()) and (going := self._surplus(QUIET, room)):
            yield from self._remove(swept, going)
        if room:
            yield from self._remove_oldest(swept, candidates.ANY_AGE)
            yield from self._remove_whole_issues(swept)

    def _surplus(self, keep: int, most: int) -> list[int]:
        """The oldest events of the issues with the most, beyond `keep`; `most` in all."""
        going, wrong = list[int](), list[int]()
        with self._database.reading() as connection:
            for each in event_counts.crowded(connection, keep, CROWDED_AT_ONCE):
                wanted = min(each.stored - keep, most - len(going))
                if not wanted:
                    break
                found = candidates.oldest_of(connection, each.issue_id, wanted)
                if len(found) < wanted:
                    wrong.append(each.issue_id)
                else:
                    going += found
        for issue_id in wrong:
            with self._database.writing() as connection:
                event_counts.count_issue_again(connection, issue_id)
        # In their order, so that they share pages.
        return sorted(going)

    def _stretch(self, age: Age | None) -> Stretch | None:
        """What is to be removed next of the oldest events: first of all what was begun."""
        with self._database.reading() as connection:
            progress = connection.execute(select(t.retention_progress)).one()
            after, through = progress.aged_through, progress.counted_through
            if after < progress.begun_through:
                begun = candidates.oldest(connection, after, progress.begun_through, None, PLANNED)
                # All of it may be gone: the run ended before that was written down.
                return begun or Stretch(progress.begun_through, [])
            most = self._room() if age is candidates.ANY_AGE else PLANNED
            return candidates.oldest(connection, after, through, age, most) if most else None

    def _unindex(self, stretch: Stretch) -> Iterator[None]:
        if len(stretch.going) < SORTED_FROM:
            return
        self._set_progress(begun_through=stretch.through)
        with self._database.reading() as connection:
            indexes = list(index_entries(connection, stretch.going))
        for index, entries in indexes:
            for start in range(0, len(entries), UNINDEXED_AT_ONCE):
                with self._database.writing() as connection:
                    unindex(connection, index, entries[start : start + UNINDEXED_AT_ONCE])
                yield

    def _remove(self, swept: Swept, going: Sequence[int]) -> Iterator[None]:
        """Remove these events step by step, but those that have become the first or last of an issue."""
        place = 0
        while place < len(going):
            step = going[place : place + self._step]
            place += len(step)
            with self._removing() as connection:
                between = candidates.between(connection, step)
                remove_events(connection, between)
                if len(between) < len(step):
                    index_again(connection, sorted({*step} - {*between}))
            swept.events += len(between)
            yield

    def _set_progress(self, **through: int) -> None:
        with self._database.writing() as connection:
            connection.execute(update(t.retention_progress).values(through))

    def _room(self) -> int:
        """How many events may go before the size is looked at again; 0 while the store is not too large."""
        with self._database.reading() as connection:
            # Traces have a bound of their own: no error goes for them.
            used = sqlite.used_bytes(connection) - trace_rows.stored_bytes(connection)
        surplus = used - self._policy.total_bytes
        return min(PLANNED, max(self._step, surplus // EVENT_BYTES)) if surplus > 0 else 0

    def _remove_whole_issues(self, swept: Swept) -> Iterator[None]:
        for kind in candidates.kinds_by_worth():
            place = candidates.FIRST_PLACE
            while found := self._issues_after(kind, place):
                place = found.through
                for start in range(0, len(found.going), ISSUES_AT_ONCE):
                    if not self._room():
                        return
                    going = found.going[start : start + ISSUES_AT_ONCE]
                    with self._database.writing() as connection:
                        swept.events += remove_issues(connection, going)
                    swept.issues += len(going)
                    yield

    def _issues_after(self, kind: IssueKind, place: Place) -> IssueStretch | None:
        with self._database.reading() as connection:
            return candidates.oldest_issues(connection, kind, place, ISSUES_READ_AT_ONCE)

    @contextmanager
    def _removing(self) -> Iterator[Connection]:
        """A write transaction, after which the size of a step is adapted to how long it took."""
        with self._database.writing() as connection:
            began = time.monotonic()
            yield connection
        factor = STEP_SECONDS / (time.monotonic() - began)
        self._step = min(STEP, max(LEAST_STEP, round(self._step * min(2.0, max(0.5, factor)))))

    def _give_back(self) -> Iterator[None]:
        """What is free after the last step, or was left by others."""
        while file_space.has_free_pages(self._database):
            file_space.tidy(self._database)
            yield


def _aged_through(connection: Connection) -> int:
    return int(connection.execute(select(t.retention_progress.c.aged_through)).scalar_one())
