"""Finds the issues whose events match a search, from the newest event on, a step at a time.

To look through all events that have a common word takes a second at a million. The newest few hundred of
them fill a page, and take a few milliseconds; the rest is looked for in steps that can be left between any
two. New events are matched alone, without the index: what they cost does not grow with the store.
"""

from collections.abc import Collection, Iterable, Sequence
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, func, select

from app.store import match_tree, search_index
from app.store import schema as t
from app.store.inbox.indexes import events_by_issue
from app.store.inbox.search import search_gaps
from app.store.inbox.search.search_gaps import Gap
from app.store.match_tree import Condition, Match

# Of so many new events each is matched alone (50 µs); beyond, a search is begun anew.
MOST_NEW = 2_000
# The newest events are matched so where a beginning has too many spellings for the index to begin with them.
SAMPLE = 256
EVENTS_AT_ONCE = 500
# So many events are looked through first.
FIRST_WIDTH = 500
# And then twice as many, while a step finds less than this part of the issues it may.
FEW = 2
# But not after a step that took longer than so, where texts are read one by one. Of the index alone each step
# may read to its end: small ones would take longer than large ones in all.
LONGEST_SECONDS = 0.04


class Matches:
    """The issues found so far. One thread at a time; `is_complete`: all events have been looked at."""

    def __init__(self, match: Match) -> None:
        self.is_complete = False
        self._matcher = search_index.TextMatcher(match)
        # Each issue found, with the newest of its events that is known to match.
        self._found: dict[int, int] = {}
        self._through = 0
        # The last step of `search_gaps` that it has looked at.
        self._filled = 0
        # Older ones than this have not been looked at; None before the first step.
        self._before: int | None = None
        self._written: Match | None = None
        self._condition: Condition | None = None
        self._width = FIRST_WIDTH

    def __contains__(self, issue_id: int) -> bool:
        return issue_id in self._found

    def __len__(self) -> int:
        return len(self._found)

    def look_further(self, connection: Connection, issues: int) -> list[int]:
        """Look at the next older events; returns the issues that this finds.

        At more events than the last time where that found far fewer than so many `issues`.
        """
        if self._before is None:
            self._through = _newest(connection)
            self._filled = search_gaps.last_fill(connection)
            self._before = self._through + 1
            written = search_index.written_out(connection, self._matcher.match)
            if written is None:
                return self._look_at_newest(connection)
            self._written, self._condition = written, match_tree.condition(written)
        begun, is_slow = perf_counter(), (self._condition or self._matcher.condition).has_wildcards
        first = 0 if self._condition is None else max(0, self._before - self._width)
        found = self._found_between(connection, first, self._before)
        self._before, self.is_complete = first, first == 0
        if len(found) > issues or (is_slow and perf_counter() - begun > LONGEST_SECONDS):
            self._width = max(FIRST_WIDTH, self._width // 2)
        elif len(found) < issues / FEW:
            self._width *= 2
        # Of the others newer events are known.
        new = found.keys() - self._found.keys()
        self._found.update((issue, found[issue]) for issue in new)
        return list(new)

    def look_at_new(self, connection: Connection) -> bool:
        """Match the events that have come since; False where they are too many for that."""
        texts = search_index.texts_after(connection, self._through, MOST_NEW + 1)
        if len(texts) > MOST_NEW:
            return False
        if texts:
            self._add(_with_issues(connection, self._matcher.matching(texts)))
            self._through = texts[-1][0]
        return True

    def look_at_filled(self, connection: Connection) -> list[int] | None:
        """Match the events that were read as a whole since; the issues that this finds.

        None where they are too many for that.
        """
        filled = search_gaps.filled_since(connection, self._filled)
        if filled is None:
            return None
        found: dict[int, int] = {}
        for first, last in _joined(filled):
            if self._condition is not None:
                found |= search_index.issues_found(connection, self._condition, first, last + 1)
            elif last - first < MOST_NEW:
                texts = search_index.texts_of(connection, range(first, last + 1))
                found |= {
                    issue: event for event, issue in _with_issues(connection, self._matcher.matching(texts))
                }
            else:
                return None
        self._filled = search_gaps.last_fill(connection)
        return self._add((event, issue) for issue, event in found.items())

    def look_again(self, connection: Connection, issue_ids: Collection[int]) -> None:
        """Forget those of these issues that no event matches any more: retention has removed it."""
        by = {self._found[issue]: issue for issue in issue_ids if issue in self._found}
        if by:
            for _event, issue in by.items() - set(_with_issues(connection, list(by))):
                del self._found[issue]
                self._add(self._newest_of(connection, issue))

    def look_at(self, connection: Connection, issue_ids: Iterable[int]) -> None:
        """Look at all events of these issues instead."""
        self._filled = search_gaps.last_fill(connection)
        self._through = _newest(connection)
        for issue in issue_ids:
            self._add(self._newest_of(connection, issue))

    def look_among(self, connection: Connection, issue_ids: Sequence[int]) -> None:
        """Look for these issues too, which are not many: at their latest events, then at the others."""
        columns = t.issues.c
        latest = connection.execute(select(columns.latest).where(columns.id.in_(issue_ids))).scalars().all()
        known = [event for event in latest if event is not None]
        if known:
            texts = search_index.texts_of(connection, known)
            self._add(_with_issues(connection, self._matcher.matching(texts)))
        for issue in issue_ids:
            if issue not in self._found:
                self._add(self._newest_of(connection, issue))

    def _found_between(self, connection: Connection, first: int, before: int) -> dict[int, int]:
        """The issues that events from `first` to `before` match; those found so far may be left out."""
        condition = self._condition or self._matcher.condition
        if condition.has_wildcards:
            match = self._written or self._matcher.match
            return search_index.more_issues_found(connection, match, first, before, self._found)
        return search_index.issues_found(connection, condition, first, before)

    def _look_at_newest(self, connection: Connection) -> list[int]:
        texts = search_index.newest_texts(connection, SAMPLE)
        self._before = texts[-1][0] if texts else 0
        self.is_complete = len(texts) < SAMPLE
        return self._add(_with_issues(connection, self._matcher.matching(texts)))

    def _newest_of(self, connection: Connection, issue: int) -> list[tuple[int, int]]:
        """The newest event of an issue that matches, and the issue."""
        numbers = sorted(connection.execute(events_by_issue.numbers(issue)).scalars(), reverse=True)
        for start in range(0, len(numbers), EVENTS_AT_ONCE):
            texts = search_index.texts_of(connection, numbers[start : start + EVENTS_AT_ONCE])
            matching = self._matcher.matching(texts)
            if matching:
                return [(max(matching), issue)]
        return []

    def _add(self, events: Iterable[tuple[int, int]]) -> list[int]:
        """Record matching events, each with its issue; returns the issues that were not known."""
        new = []
        for event, issue in events:
            known = self._found.get(issue)
            if known is None:
                new.append(issue)
            if known is None or event > known:
                self._found[issue] = event
        return new


def _joined(gaps: Iterable[Gap]) -> list[Gap]:
    """The same stretches, neighbours as one."""
    joined: list[Gap] = []
    for gap in sorted(gaps):
        if joined and gap.first <= joined[-1].last + 1:
            joined[-1] = Gap(joined[-1].first, max(joined[-1].last, gap.last))
        else:
            joined.append(gap)
    return joined


def _newest(connection: Connection) -> int:
    return connection.execute(select(func.max(t.events.c.id))).scalar() or 0


def _with_issues(connection: Connection, events: Sequence[int]) -> list[tuple[int, int]]:
    """These events, as far as they are stored, each with its issue."""
    columns = t.events.c
    rows: Any = connection.execute(select(columns.id, columns.issue_id).where(columns.id.in_(events)))
    return [(row[0], row[1]) for row in rows]
