"""What a histogram shows, without a widget: where its bars are, what is chosen, and the words for it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from app.plain_text import plural
from ui.issues.facets.terms import Span
from ui.wording import day

# From the ground up: what is grave stands on the ground, where bars are compared best.
LEVELS = ("fatal", "error", "warning", "info", "debug")
RANGES: Mapping[str, str] = {
    "auto": "As far as the issues go",
    "1h": "Last hour",
    "6h": "Last 6 hours",
    "24h": "Last 24 hours",
    "7d": "Last 7 days",
    "30d": "Last 30 days",
    "90d": "Last 90 days",
}
_HOUR, _DAY = 3_600, 86_400


class Bars(Struct, frozen=True):
    """Bars of `step` seconds each from `begin`, in seconds since 1970; `counts` by level. `reach` is a range.

    Not `is_complete`: what is counted is not all yet.
    """

    reach: str
    begin: int
    step: int
    counts: Mapping[str, Sequence[int]]
    is_complete: bool = True

    @property
    def number(self) -> int:
        """How many bars there are."""
        return max((len(counts) for counts in self.counts.values()), default=0)

    def totals(self) -> list[int]:
        """The events of each bar."""
        return [sum(each) for each in zip(*self.counts.values(), strict=True)]

    def span(self, first: int, last: int) -> Span:
        """The time of the bars from one to another, either of which may be the earlier."""
        low, high = min(first, last), max(first, last)
        return Span(self.begin + low * self.step, self.begin + (high + 1) * self.step)

    def covered(self, span: Span) -> range:
        """The bars that have some of this time."""
        first = (span.begin - self.begin) // self.step
        last = -((self.begin - span.end) // self.step)
        return range(max(0, first), min(self.number, last))


def sentence(bars: Bars) -> str:
    """All of it in words."""
    total = sum(bars.totals())
    more = "" if bars.is_complete else " so far"
    return f"{plural(total, 'event')}{more}"


def of_bar(bars: Bars, place: int) -> str:
    """One bar in words: when, and how many events of which level."""
    parts = [
        f"{bars.counts[level][place]:,} {level}"
        for level in LEVELS
        if level in bars.counts and bars.counts[level][place]
    ]
    return f"{when(bars.span(place, place))}: {', '.join(parts) or 'none'}"


def of_span(bars: Bars, span: Span) -> str:
    """The bars of a time in words."""
    totals = bars.totals()
    return f"{when(span)}: {plural(sum(totals[place] for place in bars.covered(span)), 'event')}"


def when(span: Span) -> str:
    """A time in words, on this computer's clock."""
    now = datetime.now(UTC)
    begin, end = (datetime.fromtimestamp(second, UTC) for second in (span.begin, span.end))
    here, there = begin.astimezone(), end.astimezone()
    if here.hour == here.minute == there.hour == there.minute == 0:
        last = datetime.fromtimestamp(span.end - 1, UTC)
        first_day, last_day = day(begin, now), day(last, now)
        return first_day if first_day == last_day else f"{first_day} – {last_day}"
    ends = f"{there:%H:%M}" if (span.end - span.begin) < _DAY else f"{day(end, now)} {there:%H:%M}"
    return f"{day(begin, now)} {here:%H:%M}–{ends}"


def marks(bars: Bars) -> tuple[str, str]:
    """What stands below the first and the last bar."""
    now = datetime.now(UTC)
    begin = datetime.fromtimestamp(bars.begin, UTC)
    first = f"{begin.astimezone():%H:%M}" if bars.step < _HOUR else day(begin, now)
    return first, "now"
