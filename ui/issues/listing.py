"""What a list shows, read from the store in parts: from either end, and with or without a search.

A search shows what its first step has found, and goes on looking until everything is found: then the number
of all is known. Before that its end is found by looking at the last issues one by one, and at the newest
events in turns: if few issues are found by the one, the other is soon through.
"""

from collections.abc import Collection
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct

from app import store
from app.model import Issue
from ui.places import Place

if TYPE_CHECKING:
    from app.store.database import Connection
    from app.store.inbox.issue_filter import Position
    from app.store.inbox.issue_pages import Page
    from app.store.inbox.issue_search import IssueSearch
    from app.store.inbox.issues import Changes

# A search looks for its first page until it has a screenful, or for so long.
SCREENFUL = 50
FIRST_SECONDS = 0.015
# So many issues, or fewer where they are rare, is a step; it takes 10 ms.
FIRST_STEP, STEP = 500, 10_000
# It looks for its last rows for so long at a time, at so many issues at once.
LAST_SECONDS = 0.015
LAST_STEP = 16
# Before the first row of any list.
TOP: "Position" = (1 << 62, 0)


class Part(Struct, frozen=True):
    """Rows as of `revision`; the list has no others between where they were asked for and `end`.

    `end` is None where they reach the end of the list.
    """

    issues: list[Issue]
    end: "Position | None"
    revision: int


class Number(Struct, frozen=True):
    """How many issues a search has found; `is_final`: it has looked at everything."""

    found: int
    is_final: bool


class Listing:
    """One list. Its methods with a connection are called off the UI thread, one at a time."""

    def __init__(self, place: Place, text: str) -> None:
        self._place, self._text = place, text
        self._search: IssueSearch | None = None
        self._regrouped: object = None
        # How far a search has looked for its last rows and found none.
        self._end: Part | None = None
        self.is_outdated = False

    @property
    def is_looking(self) -> bool:
        """Whether there may be more to find."""
        return self._search is not None and not self._search.is_complete

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
            until = perf_counter() + FIRST_SECONDS
            while True:
                self._search.look_further(connection, FIRST_STEP)
                is_enough = self._search.is_complete or self._search.number >= SCREENFUL
                if is_enough or perf_counter() > until:
                    break
        return self.page(connection, None, limit)

    def page(
        self, connection: "Connection", after: "Position | None", limit: int, *, upwards: bool = False
    ) -> Part:
        """The rows after a position; `upwards`: those before it, or the last ones.

        They may be fewer than `limit`, or none, before the list ends.
        """
        page: Page
        if upwards and self.is_looking:
            return self._look_upwards(connection, after, limit)
        if self._search is None:
            place = self._place.filter("")
            page = store.issue_pages.page(connection, place, after=after, limit=limit, upwards=upwards)
        else:
            page = self._search.page(connection, after=after, limit=limit, upwards=upwards)
        return self._part(connection, page, after)

    def last(self, connection: "Connection", limit: int) -> Part | None:
        """The last rows; None where a search has to be asked again, and goes on looking for them."""
        if not self.is_looking:
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

    def look_further(self, connection: "Connection", bottom: "Position | None", room: int) -> Part:
        """Look further, and return what belongs above `bottom`, and below it up to `room` rows in all.

        Nothing without a `bottom`: what is shown ends where the list does, and was looked at one by one.
        """
        assert self._search is not None
        found = self._search.look_further(connection, STEP)
        if bottom is None:
            return Part([], None, store.issues.revision(connection))
        above = self._search.rows(connection, [place[1] for place in found if place >= bottom])
        room -= len(above)
        if room <= 0:
            return Part(above, bottom, store.issues.revision(connection))
        below = self._part(connection, self._search.page(connection, after=bottom, limit=room), bottom)
        return Part([*above, *below.issues], below.end, below.revision)

    def changes(self, connection: "Connection", since: int) -> "Changes":
        """What changed since a revision; incomplete where the list has to be read again."""
        if self._search is not None:
            # Events that move between issues match in others than before, once all of them are there.
            is_moving, regrouped = store.corrections.progress(connection)
            self.is_outdated = not is_moving and regrouped != self._regrouped
        return store.issues.changed_since(
            connection, self._place.filter(self._text), since, found=self._search
        )

    def _look_upwards(self, connection: "Connection", after: "Position | None", limit: int) -> Part:
        assert self._search is not None
        issues: list[Issue] = []
        revision = store.issues.revision(connection)
        until = perf_counter() + LAST_SECONDS
        while True:
            page: Page = self._search.look_along(connection, after, LAST_STEP, upwards=True)
            issues, after = [*page.issues, *issues], page.end
            if after is None or len(issues) >= limit or perf_counter() > until:
                return Part(issues, after, revision)

    def _part(self, connection: "Connection", page: "Page", after: "Position | None") -> Part:
        end = page.end
        if end is None and self.is_looking:
            end = store.issue_filter.position_of(page.issues[-1]) if page.issues else after or TOP
        return Part(page.issues, end, store.issues.revision(connection))
