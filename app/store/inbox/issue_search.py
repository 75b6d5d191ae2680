"""The issues that a search finds, looked for a step at a time and then held up to date.

A search with words or tags goes through the events that have them (`matches`), any other through the issues
in the order of the list. Either way a page can be shown after the first step, and the number of all is known
after the last.
"""

import heapq
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, Row, Select, not_

from app.model import Issue
from app.store import schema as t
from app.store.inbox import issue_filter as filters
from app.store.inbox import issue_pages, search
from app.store.inbox.issue_filter import IssueFilter, Position
from app.store.inbox.issue_pages import Page
from app.store.inbox.issue_record import issue_of
from app.store.inbox.matches import Matches

IDS_AT_ONCE = 500


class IssueSearch:
    """What has been found so far for a filter with a search. One thread at a time.

    `is_complete`: everything has been looked at.
    """

    def __init__(self, issue_filter: IssueFilter) -> None:
        self.is_complete = False
        self._filter = issue_filter
        self._condition = filters.condition(issue_filter)
        query = search.parse(issue_filter.text)
        self._matches = Matches(query) if query.words or query.tags else None
        # When each issue found was last seen.
        self._found: dict[int, int] = {}
        # Down to where the issues have been looked at, in a search without words and tags.
        self._reached: Position | None = None

    @property
    def is_by_events(self) -> bool:
        """Whether it is for words or tags, which are those of events."""
        return self._matches is not None

    @property
    def matched(self) -> int:
        """How many issues have matching events, whether or not they are in the list."""
        return 0 if self._matches is None else len(self._matches)

    def __contains__(self, issue_id: int) -> bool:
        return issue_id in self._found

    @property
    def number(self) -> int:
        """How many issues have been found."""
        return len(self._found)

    @property
    def found_ids(self) -> AbstractSet[int]:
        """The issues that have been found. It changes with the search: copy it to hand it to a thread."""
        return self._found.keys()

    def look_further(self, connection: Connection, issues: int) -> list[Position]:
        """Look at so many more issues, or at the next older events; returns the places of what this finds."""
        if self._matches is not None:
            new = self._matches.look_further(connection, issues)
            self.is_complete = self._matches.is_complete
            parts = [new[start : start + IDS_AT_ONCE] for start in range(0, len(new), IDS_AT_ONCE)]
            given = (filters.PLACES_OF_ISSUES.where(t.issues.c.id.in_(part)) for part in parts)
            return [place for query in given for place in self._find(connection, query)]
        end = filters.boundary(connection, self._reached, issues)
        within = [] if self._reached is None else [filters.older_than(self._reached)]
        if end is not None:
            within.append(not_(filters.older_than(end)))
        self._reached, self.is_complete = end, end is None
        return self._find(connection, filters.PLACES.where(*within))

    def page(
        self, connection: Connection, *, after: Position | None = None, limit: int, upwards: bool = False
    ) -> Page:
        """Up to `limit` of the issues found, as `issue_pages.page` returns them."""
        places = ((seen, issue) for issue, seen in self._found.items())
        if after is not None:
            places = (place for place in places if (place > after if upwards else place < after))
        chosen = (heapq.nsmallest if upwards else heapq.nlargest)(limit, places)
        issues = self.rows(connection, [issue for _seen, issue in chosen])
        last = chosen[-1] if chosen else after
        return Page(issues, last if len(chosen) == limit else None)

    def look_along(
        self, connection: Connection, after: Position | None, issues: int, *, upwards: bool = False
    ) -> Page:
        """Look at so many issues after a position, or from the beginning, each by itself; those it finds.

        `upwards`: those before it, or the last ones. So either end of the list is there long before
        everything is found.
        """
        page = issue_pages.page(connection, self._filter, after=after, limit=issues, upwards=upwards)
        if self._matches is not None:
            self._matches.look_among(connection, [issue.id for issue in page.issues])
            found = [issue for issue in page.issues if issue.id in self._matches]
            page = Page(found, page.end)
        self._found.update((place[1], place[0]) for place in map(filters.position_of, page.issues))
        return page

    def rows(self, connection: Connection, issue_ids: Collection[int]) -> list[Issue]:
        """These issues in the order of the list, as far as they still belong there."""
        rows = connection.execute(filters.ROWS.where(self._condition, t.issues.c.id.in_(issue_ids)))
        return sorted(map(issue_of, rows), key=filters.position_of, reverse=True)

    def renew(self, connection: Connection, changed: Sequence[Row[Any]], removed: Collection[int]) -> bool:
        """Take over issues that have changed: rows with `id`, `last_seen` and `matches` (the condition).

        False where too much has changed, and the search has to be begun anew.
        """
        if self._matches is not None:
            if not self._matches.look_at_new(connection):
                return False
            self._matches.look_again(connection, [row.id for row in changed])
        for row in changed:
            if row.matches and (self._matches is None or row.id in self._matches):
                self._found[row.id] = row.last_seen
            else:
                self._found.pop(row.id, None)
        for issue in removed:
            self._found.pop(issue, None)
        return True

    def found(self, issue_ids: Iterable[int]) -> set[int]:
        """Which of these issues have been found."""
        return self._found.keys() & set(issue_ids)

    def look_at(self, connection: Connection, issue_ids: Iterable[int]) -> None:
        """Look at the events of these issues alone."""
        if self._matches is not None:
            self._matches.look_at(connection, issue_ids)

    def _find(self, connection: Connection, places: Select[Any]) -> list[Position]:
        rows: Any = connection.execute(places.where(self._condition))
        found = [(row[0], row[1]) for row in rows]
        self._found.update((issue, seen) for seen, issue in found)
        return found
