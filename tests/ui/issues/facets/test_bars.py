"""Bars in words."""

from datetime import datetime

from ui.issues.facets import bars as wording
from ui.issues.facets.bars import Bars
from ui.issues.facets.terms import Span

HOUR = 3_600
MIDNIGHT = int(datetime(2026, 9, 20).astimezone().timestamp())
BARS = Bars("24h", MIDNIGHT, HOUR, {"error": (2, 0, 1), "warning": (1, 0, 0)})


def test_a_bar_says_when_and_what() -> None:
    assert wording.of_bar(BARS, 0).endswith("00:00–01:00: 2 error, 1 warning")
    assert wording.of_bar(BARS, 1).endswith("01:00–02:00: none")


def test_several_bars_are_added_up() -> None:
    span = BARS.span(2, 0)
    assert span == Span(MIDNIGHT, MIDNIGHT + 3 * HOUR)
    assert wording.of_span(BARS, span).endswith("00:00–03:00: 4 events")


def test_a_time_covers_the_bars_that_have_some_of_it() -> None:
    assert BARS.covered(Span(MIDNIGHT + HOUR + 1, MIDNIGHT + HOUR + 2)) == range(1, 2)
    assert BARS.covered(Span(0, 1 << 40)) == range(3)
    assert list(BARS.covered(Span(0, 5))) == []


def test_whole_days_are_named_without_times() -> None:
    day = 24 * HOUR
    assert ":" not in wording.when(Span(MIDNIGHT, MIDNIGHT + day))
    assert "–" in wording.when(Span(MIDNIGHT, MIDNIGHT + 2 * day))


def test_what_is_not_counted_yet_is_said() -> None:
    assert wording.sentence(BARS) == "4 events"
    assert wording.sentence(Bars("24h", 0, HOUR, {"error": (1,)}, is_complete=False)) == "1 event so far"
    assert (BARS.number, Bars("24h", 0, HOUR, {}).totals()) == (3, [])
