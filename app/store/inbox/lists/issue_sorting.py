"""The issues of a list in another order than that of their newest activity.

There is no index for it: each event would write in it, as counts and levels change with it. The numbers of
the issues and what they are sorted by are read once, a stretch of numbers at a time, and held up to date by
what changes, some 8 MB for 50,000. A page is then read by its numbers.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from app.model import Issue
from app.sorting import LEVEL_BITS, LEVELS, Position, Sort, position_of
from app.store import schema as t
from app.store.inbox.issues import descriptions
from app.store.inbox.issues.issue_record import issue_of
from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists.issue_filter import IssueFilter
from app.store.inbox.lists.issue_pages import Page
from app.store.inbox.lists.issue_search import IssueSearch

# So many numbers of issues are looked at in one statement, which takes 10 ms.
STRETCH = 5_000
AT_ONCE = 500

_VALUES: dict[Sort, ColumnElement[Any]] = {
    Sort.LAST_SEEN: t.issues.c.last_seen,
    Sort.FIRST_SEEN: t.issues.c.first_seen,
    Sort.COUNT: t.issues.c.count,
    Sort.USERS: t.issues.c.users,
    Sort.LEVEL: case(
        {level.value: rank << LEVEL_BITS for level, rank in LEVELS.items()}, value=descriptions.LEVEL, else_=0
    )
    + t.issues.c.last_seen,
}


class SortedIssues:
    """What has been read so far of a filter's issues. One thread at a time.

    `search` finds them where the filter has one. `is_complete`: all are here.
    """

    def __init__(self, issue_filter: IssueFilter, sort: Sort, search: IssueSearch | None = None) -> None:
        self.is_complete = False
        self._sort, self._search = sort, search
        self._condition = filters.condition(issue_filter)
        self._through = 0
        # Ascending, so that a new one is put into its place by a copy within the list.
        self._places: list[Position] = []
        self._values: dict[int, int] = {}

    @property
    def number(self) -> int:
        """How many issues there are, as far as they have been read."""
        return len(self._values)

    def __contains__(self, issue_id: int) -> bool:
        return issue_id in self._values

    def look_further(self, connection: Connection, issues: int) -> list[Position]:
        """Read the next stretch, or what the search finds at so many more issues; the places of these."""
        if self._search is not None:
            found = self._search.look_further(connection, issues)
            self.is_complete = self._search.is_complete
            return self._read_given(connection, [place[1] for place in found])
        newest = connection.execute(select(func.max(t.issues.c.id))).scalar() or 0
        through = self._through + STRETCH
        columns = t.issues.c
        rows = connection.execute(
            self._query().where(columns.id > self._through, columns.id <= through)
        ).all()
        self._through, self.is_complete = through, through >= newest
        return self._take((row.value, row.id) for row in rows)

    def page(
        self, connection: Connection, *, after: Position | None = None, limit: int, upwards: bool = False
    ) -> Page:
        """Up to `limit` issues after a position, or before it, as `issue_pages.page` returns them."""
        places = self._places
        if upwards:
            begin = 0 if after is None else bisect_left(places, (after[0], after[1] + 1))
            chosen = places[begin : begin + limit][::-1]
            more, end = begin + limit < len(places), chosen[0] if chosen else None
        else:
            stop = len(places) if after is None else bisect_left(places, after)
            chosen = places[max(0, stop - limit) : stop][::-1]
            more, end = stop > limit, chosen[-1] if chosen else None
        return Page(self._rows(connection, [issue for _value, issue in chosen]), end if more else None)

    def rows(self, connection: Connection, issue_ids: Collection[int]) -> list[Issue]:
        """These issues, in the order of the list."""
        return self._rows(connection, list(issue_ids))

    def take(self, matching: Iterable[Issue], gone: Iterable[int]) -> None:
        """Take over what has changed: issues that belong here as they are now, and some that do not."""
        for issue in matching:
            value, number = position_of(issue, self._sort)
            self._remove(number)
            self._values[number] = value
            insort(self._places, (value, number))
        for number in gone:
            self._remove(number)

    def _remove(self, issue_id: int) -> None:
        value = self._values.pop(issue_id, None)
        if value is not None:
            place = (value, issue_id)
            del self._places[bisect_left(self._places, place)]

    def _query(self) -> Any:
        values = select(t.issues.c.id, _VALUES[self._sort].label("value"))
        if self._sort is Sort.LEVEL or self._search is not None:
            values = values.select_from(descriptions.DESCRIBED)
        return values.where(self._condition)

    def _read_given(self, connection: Connection, issue_ids: Sequence[int]) -> list[Position]:
        found: list[Position] = []
        for start in range(0, len(issue_ids), AT_ONCE):
            some = issue_ids[start : start + AT_ONCE]
            rows = connection.execute(self._query().where(t.issues.c.id.in_(some)))
            found += self._take((row.value, row.id) for row in rows)
        return found

    def _take(self, places: Iterable[Position]) -> list[Position]:
        new = [place for place in places if place[1] not in self._values]
        self._values.update((issue, value) for value, issue in new)
        # Sorted runs are merged in the time that it takes to compare them once.
        self._places.extend(sorted(new))
        self._places.sort()
        return new

    def _rows(self, connection: Connection, issue_ids: Sequence[int]) -> list[Issue]:
        found: list[Issue] = []
        for start in range(0, len(issue_ids), AT_ONCE):
            some = issue_ids[start : start + AT_ONCE]
            rows = connection.execute(filters.ROWS.where(self._condition, t.issues.c.id.in_(some)))
            found += map(issue_of, rows)
        return sorted(found, key=lambda issue: position_of(issue, self._sort), reverse=True)
