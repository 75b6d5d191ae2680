"""When the issues of a list happened: their events over time, in bars by level.

Beyond a few hours an event has its issue's level: the hours of an issue are counted without levels, and an
issue whose events differ in it is rare. All events of an issue count, whichever of them a search has found.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import chain

from msgspec import Struct
from pyroaring import BitMap

from app.store.facets.facet_index import FacetIndex
from app.store.facets.parts import in_parts
from app.store.facets.readers import LEVEL
from app.store.facets.recent_events import SPAN_MINUTES, RecentEvents

MINUTE, HOUR = 60, 3_600
DAY = 24 * HOUR
_MICROS = 1_000_000
_SLOTS = 500


class Range(StrEnum):
    """How far a histogram reaches back. `AUTO`: as far as the issues do, up to 90 days."""

    AUTO = "auto"
    HOUR = "1h"
    HOURS = "6h"
    DAY = "24h"
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"


# How many bars there are, and how many seconds each stands for.
BARS: Mapping[Range, tuple[int, int]] = {
    Range.HOUR: (60, MINUTE),
    Range.HOURS: (72, 5 * MINUTE),
    Range.DAY: (24, HOUR),
    Range.WEEK: (56, 3 * HOUR),
    Range.MONTH: (60, 12 * HOUR),
    Range.QUARTER: (90, DAY),
}


class Histogram(Struct, frozen=True):
    """Bars of `step` seconds each from `begin`, in seconds since 1970; `counts` by level, where any are.

    `reach` is the range that they show.
    """

    reach: Range
    begin: int
    step: int
    counts: Mapping[str, tuple[int, ...]]

    @property
    def total(self) -> int:
        """How many events there are in all bars."""
        return sum(map(sum, self.counts.values()))


def histogram(
    index: FacetIndex, recent: RecentEvents, issues: BitMap, reach: Range, now: int, offset: int = 0
) -> Histogram:
    """The events of these issues up to `now`, in microseconds.

    Bars of several hours begin by a clock that is `offset` seconds ahead of UTC.
    """
    chosen = fitting(index, issues, now) if reach is Range.AUTO else reach
    number, step = BARS[chosen]
    second = now // _MICROS
    ahead = offset if step > HOUR else 0
    end = ((second + ahead) // step + 1) * step - ahead
    begin = end - number * step
    counts: dict[str, list[int]] = {}
    for level, at, count in (_by_minute if is_fine(chosen) else _by_hour)(index, recent, issues, begin):
        if count and at < end:
            counts.setdefault(level, [0] * number)[(at - begin) // step] += count
    return Histogram(chosen, begin, step, {level: tuple(bars) for level, bars in counts.items()})


# Level, seconds since 1970, events.
_Counted = Iterator[tuple[str, int, int]]


def _by_minute(_index: FacetIndex, recent: RecentEvents, issues: BitMap, begin: int) -> _Counted:
    for slot in recent.counts.slots():
        level, minute = slot
        if minute * MINUTE >= begin:
            yield level, minute * MINUTE, recent.counts.sum(slot, issues)


def _by_hour(index: FacetIndex, _recent: RecentEvents, issues: BitMap, begin: int) -> _Counted:
    levels = index.facets[LEVEL]
    having = [(level, levels.of(level) & issues) for level in levels.values()]
    for level, of_level in having:
        if of_level:
            for hour in chain.from_iterable(in_parts(list(index.hours.slots()), _SLOTS)):
                # An hour that began before the bars did, by a clock that is not whole hours ahead.
                if hour * HOUR >= begin - HOUR // 2:
                    yield level, max(begin, hour * HOUR), index.hours.sum(hour, of_level)


def is_fine(reach: Range) -> bool:
    """Whether this range is shown by minutes."""
    number, step = BARS[reach]
    return number * step <= SPAN_MINUTES * MINUTE


def fitting(index: FacetIndex, issues: BitMap, now: int) -> Range:
    """The shortest range in which all events of these issues are, of the last 90 days."""
    hours = sorted(index.hours.slots())
    first = next((hour for hour in hours if index.hours.sum(hour, issues)), None)
    if first is None:
        return Range.DAY
    ago = now // _MICROS // HOUR - first
    within = {Range.HOUR: 1, Range.HOURS: 6, Range.DAY: 24, Range.WEEK: 7 * 24, Range.MONTH: 30 * 24}
    return next((reach for reach, most in within.items() if ago < most), Range.QUARTER)
