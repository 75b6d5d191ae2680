"""What a list shows, read from the store in parts: from either end, and with or without a search.

A search shows what its first step has found, and goes on looking until everything is found: then the number
of all is known. Before that its end is found by looking at the last issues one by one, and at the newest
events in turns: if few issues are found by the one, the other is soon through.

A list in another order than that of the newest activity is read whole before its first page: see
`store.issue_sorting`.
"""

from collections.abc import Collection
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from app import store
from app.model import Issue
from app.sorting import Position, Sort, position_of
from ui.places import Place

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.lists.issue_pages import Page
    from app.store.inbox.lists.issue_search import IssueSearch
    from app.store.inbox.lists.issue_sorting import SortedIssues
    from app.store.inbox.lists.issues import Changes

# A search looks for its first page until it has a screenful, or for so long.
SCREENFUL = 50
FIRST_SECONDS = 0.015
# So many issues, or fewer where they are rare, is a step; it takes 10 ms.
FIRST_STEP, STEP = 500, 10_000
# It looks for its last rows for so long at a time, at so many issues at once.
LAST_SECONDS = 0.015
LAST_STEP = 16
# It looks so long for the issue that its list is to be shown around.
AROUND_SECONDS = 0.3
# Before the first row of any list.
TOP: Position = (1 << 62, 0)


class Part(Struct, frozen=True):
    """Rows as of `revision`; the list has no others between where they were asked for and `end`.

    `end` is None where they reach the end of the list. `top` is where they begin, if that is not its
    beginning. `newest` is when the newest event of the store came, where that was asked for.
    """

    issues: list[Issue]
    end: Position | None
    revision: int
    top: Position | None = None
    newest: int = 0


class Number(Struct, frozen=True):
    """How many issues a search has found; `is_final`: it has looked at everything."""

    found: int
    is_final: bool


class Listing:
    """One list. Its methods with a connection are called off the UI thread, one at a time."""

    def __init__(self, place: Place, text: str, sort: Sort = Sort.LAST_SEEN) -> None:
        self._place, self._text = place, text
        self.sort = sort
        self._search: IssueSearch | None = None
        self._sorted: SortedIssues | None = None
        self._regrouped: object = None
        # How far a search has looked for its last rows and found none.
        self._end: Part | None = None
        self.is_outdated = False

    @property
    def is_looking(self) -> bool:
        """Whether there may be more to find."""
        return self._search is not None and not self._search.is_complete

    @property
    def _found(self) -> "IssueSearch | SortedIssues | None":
        """What is looked for first, and read by page then."""
        return self._sorted or self._search

    @property
    def number(self) -> Number | None:
        """How many a search has found; None without a search, or before its first page."""
        return None if self._search is None else Number(self._search.number, self._search.is_complete)

    @property
    def found(self) -> Collection[int] | None:
        """The issues that a search has found so far; None without a search."""
        # A list is made of them at once, whatever a thread adds meanwhile.
        return None if self._search is None else list(self._search.found_ids)

    def first(self, connection: "Connection", limit: int) -> Part:
        """The first rows."""
        if self._text:
            self._regrouped = store.corrections.progress(connection)[1]
            self._search = store.issue_search.IssueSearch(self._place.filter(self._text))
        if self.sort is not Sort.LAST_SEEN:
            given = self._place.filter(self._text)
            self._sorted = store.issue_sorting.SortedIssues(given, self.sort, self._search)
        if (found := self._found) is not None:
            until = perf_counter() + FIRST_SECONDS
            while not found.is_complete:
                found.look_further(connection, FIRST_STEP)
                # Without a search the whole list has to be there: any issue may be the first.
                if self._search is not None and (found.number >= SCREENFUL or perf_counter() > until):
                    break
        part = self.page(connection, None, limit)
        return replace(part, newest=store.issue_filter.newest(connection))

    def around(self, connection: "Connection", issue_id: int, limit: int) -> Part | None:
        """The rows around an issue, up to `limit` on either side; None where it is not in the list."""
        issue = store.issues.get(connection, issue_id)
        if issue is None or not self._has(connection, issue):
            return None
        value, number = position_of(issue, self.sort)
        # The position right before it: the issue is the first of what follows.
        here = (value, number + 1)
        below = self.page(connection, here, limit)
        above = self._page(connection, here, limit, upwards=True)
        newest = store.issue_filter.newest(connection)
        return Part([*above.issues, *below.issues], below.end, below.revision, above.end, newest)

    def _has(self, connection: "Connection", issue: Issue) -> bool:
        """Whether an issue is in the list; a search may have to look for it."""
        found = self._found
        if found is None:
            return store.issue_pages.has(connection, self._place.filter(""), issue.id)
        until = perf_counter() + AROUND_SECONDS
        while issue.id not in found and not found.is_complete and perf_counter() < until:
            found.look_further(connection, STEP)
        return issue.id in found

    def page(
        self, connection: "Connection", after: Position | None, limit: int, *, upwards: bool = False
    ) -> Part:
        """The rows after a position; `upwards`: those before it, or the last ones.

        They may be fewer than `limit`, or none, before the list ends.
        """
        if upwards and self.is_looking and self._sorted is None:
            return self._look_upwards(connection, after, limit)
        page = self._page(connection, after, limit, upwards=upwards)
        if upwards:
            return Part(page.issues, page.end, store.issues.revision(connection))
        return self._part(connection, page, after)

    def _page(self, connection: "Connection", after: Position | None, limit: int, *, upwards: bool) -> "Page":
        if (found := self._found) is not None:
            return found.page(connection, after=after, limit=limit, upwards=upwards)
        place = self._place.filter("")
        return store.issue_pages.page(connection, place, after=after, limit=limit, upwards=upwards)

    def last(self, connection: "Connection", limit: int) -> Part | None:
        """The last rows; None where a search has to be asked again, and goes on looking for them."""
        if not self.is_looking or self._sorted is not None:
            return self.page(connection, None, limit, upwards=True)
        before = self._end
        part = self._look_upwards(connection, None if before is None else before.end, limit)
        if before is not None:
            # What changed since the first look has to come with the changes.
            part = Part(part.issues, part.end, before.revision)
        if part.issues or part.end is None:
            self._end = None
            return part
        self._end = part
        assert self._search is not None
        self._search.look_further(connection, STEP)
        return None

    def look_further(self, connection: "Connection", bottom: Position | None, room: int) -> Part:
        """Look further, and return what belongs above `bottom`, and below it up to `room` rows in all.

        Nothing without a `bottom`: what is shown ends where the list does, and was looked at one by one.
        """
        looked = self._found
        assert looked is not None
        found = looked.look_further(connection, STEP)
        if bottom is None and self._sorted is None:
            return Part([], None, store.issues.revision(connection))
        # In another order what is found may belong anywhere, also where the rows come to their end.
        above = looked.rows(connection, [at[1] for at in found if bottom is None or at >= bottom])
        room -= len(above)
        if room <= 0 or bottom is None:
            return Part(above, bottom, store.issues.revision(connection))
        below = self._part(connection, looked.page(connection, after=bottom, limit=room), bottom)
        return Part([*above, *below.issues], below.end, below.revision)

    def changes(self, connection: "Connection", since: int) -> "Changes":
        """What changed since a revision; incomplete where the list has to be read again."""
        if self._search is not None:
            # Events that move between issues match in others than before, once all of them are there.
            is_moving, regrouped = store.corrections.progress(connection)
            self.is_outdated = not is_moving and regrouped != self._regrouped
        changes = store.issues.changed_since(
            connection, self._place.filter(self._text), since, found=self._search
        )
        if self._sorted is not None:
            self._sorted.take(changes.matching, changes.gone)
        return changes

    def _look_upwards(self, connection: "Connection", after: Position | None, limit: int) -> Part:
        assert self._search is not None
        issues: list[Issue] = []
        revision = store.issues.revision(connection)
        until = perf_counter() + LAST_SECONDS
        while True:
            page: Page = self._search.look_along(connection, after, LAST_STEP, upwards=True)
            issues, after = [*page.issues, *issues], page.end
            if after is None or len(issues) >= limit or perf_counter() > until:
                return Part(issues, after, revision)

    def _part(self, connection: "Connection", page: "Page", after: Position | None) -> Part:
        end = page.end
        if end is None and self.is_looking:
            end = position_of(page.issues[-1], self.sort) if page.issues else after or TOP
        return Part(page.issues, end, store.issues.revision(connection))
