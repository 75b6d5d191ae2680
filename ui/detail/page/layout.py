"""The rows of all sections below each other: where each is, and which is at a height."""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from ui.detail.page.rows import Row
from ui.detail.page.sheet import Sheet
from ui.detail.page.typography import Typography


@dataclass(frozen=True, slots=True)
class Place:
    """A row named so that it is found again after a rebuild, and one of its zones."""

    section: int
    key: Hashable
    zone: int = 0


class Stacking:
    """Rows with their tops, in pixels from the top of the page, for one width."""

    def __init__(self, type_: Typography, width: int) -> None:
        self.type_ = type_
        self.width = width
        self.rows: list[Row] = []
        self.tops: list[float] = [0.0]
        self.starts: list[int] = []
        self._offsets: dict[int, dict[Hashable, int]] = {}

    @property
    def height(self) -> float:
        return self.tops[-1]

    def append_section(self, rows: Sequence[Row]) -> None:
        """Adds the next section's rows at the bottom."""
        self.starts.append(len(self.rows))
        self.rows.extend(rows)
        self.tops += self._tops_of(rows, self.height)

    def replace_section(self, section: int, rows: Sequence[Row]) -> None:
        """Puts new rows where the section's old ones were; what is below is moved, and not measured again."""
        start, end = self.span(section)
        below = self.tops[end]
        tops = self._tops_of(rows, self.tops[start])
        shift = (tops[-1] if tops else self.tops[start]) - below
        more = len(rows) - (end - start)
        self.rows[start:end] = rows
        self.tops[start + 1 : end + 1] = tops
        if shift:
            after = start + len(rows) + 1
            self.tops[after:] = [top + shift for top in self.tops[after:]]
        if more:
            self.starts[section + 1 :] = [begin + more for begin in self.starts[section + 1 :]]
        self._offsets.pop(section, None)

    def resize(self, width: int) -> None:
        self.width = width
        self.tops = [0.0, *self._tops_of(self.rows, 0.0)]

    def _tops_of(self, rows: Sequence[Row], top: float) -> list[float]:
        """Where each of these rows ends, when the first begins at `top`."""
        ends = []
        for row in rows:
            top += row.height(self.type_, self.width)
            ends.append(top)
        return ends

    def span(self, section: int) -> tuple[int, int]:
        """Indexes of the section's first row and of the row after its last."""
        following = section + 1
        end = self.starts[following] if following < len(self.starts) else len(self.rows)
        return self.starts[section], end

    def section_of(self, index: int) -> int:
        return max(0, bisect_right(self.starts, index) - 1)

    def index_at(self, y: float) -> int:
        """Index of the row at this height, or of the nearest one; -1 when there are no rows."""
        return min(max(0, bisect_right(self.tops, y) - 1), len(self.rows) - 1)

    def sheet(self, index: int) -> Sheet:
        return self.rows[index].sheet(self.type_, self.width)

    def find(self, place: Place) -> int | None:
        """Index of the row that `place` names, if it is still there."""
        if place.section >= len(self.starts):
            return None
        start, end = self.span(place.section)
        offsets = self._offsets.get(place.section)
        if offsets is None:
            offsets = self._offsets[place.section] = {}
            for number, row in enumerate(self.rows[start:end]):
                offsets.setdefault(row.key, number)
        offset = offsets.get(place.key)
        return None if offset is None else start + offset

    def keys_before(self, index: int, most: int) -> list[Hashable]:
        """The keys of a row and of those before it in its section, upwards; of at most so many."""
        first = max(self.starts[self.section_of(index)], index - most + 1)
        return [self.rows[number].key for number in range(index, first - 1, -1)]

    def place(self, index: int, zone: int = 0) -> Place:
        return Place(self.section_of(index), self.rows[index].key, zone)

    def next_place(self, after: Place | None, step: int) -> Place | None:
        """The next thing that can be activated, downwards (`step` 1) or upwards (-1); None at the end."""
        index = None if after is None else self.find(after)
        if index is None or after is None:
            index, zone = (-1, 0) if step > 0 else (len(self.rows), 0)
        else:
            zone = after.zone + step
            stops = [stop for stop in self._stops(index) if (stop - zone) * step >= 0]
            if stops:
                return self.place(index, stops[0 if step > 0 else -1])
        index += step
        while 0 <= index < len(self.rows):
            if self.rows[index].may_act() and (stops := self._stops(index)):
                return self.place(index, stops[0 if step > 0 else -1])
            index += step
        return None

    def _stops(self, index: int) -> list[int]:
        """The zones of a row that the keyboard goes to, by number."""
        return [number for number, zone in enumerate(self.sheet(index).zones) if zone.by_key]
