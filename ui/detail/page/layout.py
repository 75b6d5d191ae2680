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

    @property
    def height(self) -> float:
        return self.tops[-1]

    def append_section(self, rows: Sequence[Row]) -> None:
        """Adds the next section's rows at the bottom."""
        self.starts.append(len(self.rows))
        self.rows.extend(rows)
        self._stack_from(len(self.rows) - len(rows))

    def replace_section(self, section: int, rows: Sequence[Row]) -> None:
        """Puts new rows where the section's old ones were."""
        start, end = self.span(section)
        self.rows[start:end] = rows
        shift = len(rows) - (end - start)
        self.starts = [
            begin + shift if number > section else begin for number, begin in enumerate(self.starts)
        ]
        self._stack_from(start)

    def resize(self, width: int) -> None:
        self.width = width
        self._stack_from(0)

    def _stack_from(self, first: int) -> None:
        del self.tops[first + 1 :]
        top = self.tops[first]
        for row in self.rows[first:]:
            top += row.height(self.type_, self.width)
            self.tops.append(top)

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
        return next((i for i in range(start, end) if self.rows[i].key == place.key), None)

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
            if stops := self._stops(index):
                return self.place(index, stops[0 if step > 0 else -1])
            index += step
        return None

    def _stops(self, index: int) -> list[int]:
        """The zones of a row that the keyboard goes to, by number."""
        return [number for number, zone in enumerate(self.sheet(index).zones) if zone.by_key]
