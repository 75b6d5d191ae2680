"""The values of one facet, each with the issues that have it."""

import heapq
from collections.abc import Collection, Iterable

from msgspec import Struct
from pyroaring import BitMap

from app.store.facets.parts import in_parts

# A tag may have another value with each event. Beyond so many (some 20 MB) new values are left out.
MOST_VALUES = 100_000


class Counted(Struct, frozen=True):
    """The most common values with their numbers of issues, and how many other values occur.

    `is_cut`: the tag has more values than are remembered.
    """

    values: tuple[tuple[str, int], ...]
    others: int = 0
    is_cut: bool = False


class ValueSets:
    """Which issues have which value. An issue may have several."""

    def __init__(self, most: int = MOST_VALUES) -> None:
        self._issues: dict[str, BitMap] = {}
        self._most = most
        self._is_cut = False

    def add(self, values: Iterable[tuple[str, Collection[int]]]) -> None:
        """Add values, each with issues that have it."""
        for value, issues in values:
            known = self._issues.get(value)
            if known is not None:
                known.update(issues)
            elif len(self._issues) < self._most:
                self._issues[value] = BitMap(issues)
            else:
                self._is_cut = True

    def remove(self, issues: BitMap) -> None:
        """Remove all values of these issues."""
        for part in in_parts(list(self._issues.items())):
            for value, having in part:
                having.difference_update(issues)
                if not having:
                    del self._issues[value]

    def of(self, value: str) -> BitMap:
        """The issues that have this value: not to be changed."""
        return self._issues.get(value) or BitMap()

    def values(self) -> tuple[str, ...]:
        """All values, in no order."""
        return tuple(self._issues)

    def counted(
        self, issues: BitMap, limit: int, *, containing: str = "", always: Collection[str] = ()
    ) -> Counted:
        """The `limit` most common values among these issues, and those of `always`, whatever their number.

        `containing`: only values that have this in them, in whatever case.
        """
        part = containing.casefold()
        found = [
            (count, value)
            for some in in_parts(list(self._issues.items()))
            for value, having in some
            if (not part or part in value.casefold()) and (count := having.intersection_cardinality(issues))
        ]
        top = heapq.nsmallest(limit, found, key=lambda each: (-each[0], each[1]))
        shown = {value for _count, value in top}
        asked = [(self.of(value).intersection_cardinality(issues), value) for value in set(always) - shown]
        others = len(found) - len(top) - sum(count > 0 for count, _value in asked if not part)
        ordered = sorted((*top, *asked), key=lambda each: (-each[0], each[1]))
        return Counted(tuple((value, count) for count, value in ordered), max(0, others), self._is_cut)
