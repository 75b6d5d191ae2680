"""The issues that a search finds, looked for a step at a time and then held up to date.

A search is a few alternatives (`search`), most often one. One that asks for texts of events goes through the
events that have them (`matches`), any other through the issues in the order of the list. Either way a page
can be shown after the first step, and the number of all is known after the last.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, not_, select

from app.model import Issue
from app.store import schema as t
from app.store import sqlite
from app.store.inbox.issues.issue_record import issue_of
from app.store.inbox.lists import issue_filter as filters
from app.store.inbox.lists import issue_pages
from app.store.inbox.lists.issue_filter import IssueFilter, Position
from app.store.inbox.lists.issue_pages import Page
from app.store.inbox.search import search
from app.store.inbox.search.matches import Matches
from app.store.inbox.search.search import Alternative

_NUMBERS = msgspec.json.Decoder(list[int])
_NOTHING_GIVEN: Mapping[str, str] = {}


class IssueSearch:
    """What has been found so far for a filter with a search. One thread at a time.

    `is_complete`: everything has been looked at.
    """

    def __init__(self, issue_filter: IssueFilter) -> None:
        self._filter = issue_filter
        sought = search.parse(issue_filter.text)
        self._in_list = filters.condition_of_list(issue_filter)
        self._condition = and_(self._in_list, sought.issue_condition)
        self._ways = [_Way(each, self._in_list) for each in sought.alternatives]
        # When each issue found was last seen.
        self._found: dict[int, int] = {}
        self._filled: list[Position] = []

    @property
    def is_complete(self) -> bool:
        """Whether everything has been looked at."""
        return all(way.is_complete for way in self._ways)

    @property
    def is_by_events(self) -> bool:
        """Whether it asks for texts, which are those of events."""
        return any(way.matches is not None for way in self._ways)

    @property
    def matched(self) -> int:
        """How many issues have matching events, whether or not they are in the list."""
        return sum(len(way.matches) for way in self._ways if way.matches is not None)

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
        new: dict[int, int] = {}
        for way in self._ways:
            if not way.is_complete:
                new.update((issue, seen) for seen, issue in way.look_further(connection, issues, self._found))
        self._found.update(new)
        return [(seen, issue) for issue, seen in new.items()]

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
        ids = [issue.id for issue in page.issues]
        matching = {issue for way in self._ways for issue in way.look_among(connection, self._asked(ids))}
        page = Page([issue for issue in page.issues if issue.id in matching], page.end)
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
        ids = [row.id for row in changed]
        self._filled = []
        for way in self._ways:
            filled = way.renew(connection, ids, self._found)
            if filled is None:
                return False
            self._filled += filled
        self._found.update((issue, seen) for seen, issue in self._filled)
        asked = self._asked([row.id for row in changed if row.matches])
        matching = {issue for way in self._ways for issue in way.matching(connection, asked)}
        for row in changed:
            if row.id in matching:
                self._found[row.id] = row.last_seen
            else:
                self._found.pop(row.id, None)
        for issue in removed:
            self._found.pop(issue, None)
        return True

    def filled(self, connection: Connection, known: Collection[int]) -> list[Issue]:
        """What the last renewal found in events that were read as a whole since, but for the `known`."""
        return self.rows(connection, [issue for _seen, issue in self._filled if issue not in known])

    def found(self, issue_ids: Iterable[int]) -> set[int]:
        """Which of these issues have been found."""
        return self._found.keys() & set(issue_ids)

    def look_at(self, connection: Connection, issue_ids: Iterable[int]) -> None:
        """Look at the events of these issues alone."""
        ids = list(issue_ids)
        for way in self._ways:
            if way.matches is not None:
                way.matches.look_at(connection, ids)

    def _asked(self, issue_ids: Sequence[int]) -> "_Asked":
        """These issues, of which the whole condition is known to be true."""
        return _Asked(issue_ids, is_certain=len(self._ways) == 1)


class _Asked:
    """Issues in the list; `is_certain`: what the only alternative asks of issues is true of them."""

    def __init__(self, issue_ids: Sequence[int], *, is_certain: bool) -> None:
        self.ids, self.is_certain = issue_ids, is_certain


class _Way:
    """Looks for one alternative."""

    def __init__(self, alternative: Alternative, in_list: ColumnElement[bool]) -> None:
        self.matches = None if alternative.event is None else Matches(alternative.event)
        self._own = alternative.issue
        self._condition = in_list if alternative.issue is None else and_(in_list, alternative.issue)
        # Down to where the issues have been looked at, where no events are asked for.
        self._reached: Position | None = None
        self._is_through = False

    @property
    def is_complete(self) -> bool:
        return self._is_through if self.matches is None else self.matches.is_complete

    def look_further(self, connection: Connection, issues: int, known: Collection[int]) -> list[Position]:
        """The places of what it finds next and is not `known`."""
        if self.matches is not None:
            found = self.matches.look_further(connection, issues)
            return self._places(connection, [issue for issue in found if issue not in known])
        end = filters.boundary(connection, self._reached, issues)
        within = [] if self._reached is None else [filters.older_than(self._reached)]
        if end is not None:
            within.append(not_(filters.older_than(end)))
        self._reached, self._is_through = end, end is None
        places = self._find(connection, filters.PLACES.where(*within))
        return [place for place in places if place[1] not in known]

    def look_among(self, connection: Connection, asked: _Asked) -> set[int]:
        """Look at these issues by themselves; those it finds."""
        mine = self._true_of(connection, asked)
        if self.matches is None or not mine:
            return mine
        self.matches.look_among(connection, [issue for issue in asked.ids if issue in mine])
        return {issue for issue in mine if issue in self.matches}

    def renew(
        self, connection: Connection, changed: Collection[int], known: Collection[int]
    ) -> list[Position] | None:
        """Look at what came since, and again at these issues; None where that is too much.

        Returns what is not `known` and is found in events that were filled since.
        """
        if self.matches is None:
            return []
        if not self.matches.look_at_new(connection):
            return None
        filled = self.matches.look_at_filled(connection)
        if filled is None:
            return None
        self.matches.look_again(connection, changed)
        return self._places(connection, [issue for issue in filled if issue not in known])

    def matching(self, connection: Connection, asked: _Asked) -> set[int]:
        """Which of these issues it has found, or finds by what is asked of issues."""
        mine = self._true_of(connection, asked)
        return mine if self.matches is None else {issue for issue in mine if issue in self.matches}

    def _true_of(self, connection: Connection, asked: _Asked) -> set[int]:
        if asked.is_certain or self._own is None or not asked.ids:
            return set(asked.ids)
        query = select(t.issues.c.id).where(self._own, t.issues.c.id.in_(asked.ids))
        return set(connection.execute(query).scalars())

    def _places(self, connection: Connection, issues: Sequence[int]) -> list[Position]:
        if not issues:
            return []
        among = filters.PLACES_OF_ISSUES.where(sqlite.among(t.issues.c.id, "given"))
        return self._find(connection, among, {"given": sqlite.values_of(issues)})

    def _find(
        self, connection: Connection, places: Select[Any], given: Mapping[str, str] = _NOTHING_GIVEN
    ) -> list[Position]:
        seen, issues = connection.execute(places.where(self._condition), given).one()
        return list(zip(_NUMBERS.decode(seen), _NUMBERS.decode(issues), strict=True))
