"""Bars begin where a clock's hours and days do."""

import pytest

from app.store.facets import histogram
from app.store.facets.facet_index import FacetIndex
from app.store.facets.histogram import BARS, Range
from app.store.facets.recent_events import RecentEvents
from tests.factories import NOON, Store, make_event


@pytest.mark.parametrize("offset", [-39_600, 0, 3_600, 20_700])
@pytest.mark.parametrize("reach", [each for each in Range if each is not Range.AUTO])
def test_the_last_bar_has_now_and_days_begin_at_midnight(store: Store, reach: Range, offset: int) -> None:
    store.file(make_event(), at=NOON)
    index, recent = FacetIndex(0), RecentEvents()
    store.read(index.follow)
    store.read(index.read_further)
    store.read(recent.follow, NOON)
    issues = index.facets["level"].of("error")
    bars = histogram.histogram(index, recent, issues, reach, NOON, offset)
    number, step = BARS[reach]
    assert (bars.step, bars.total) == (step, 1)
    end = bars.begin + number * step
    assert end - step <= NOON // 1_000_000 < end
    if step > 3_600:
        assert (bars.begin + offset) % step == 0
    (counts,) = bars.counts.values()
    assert counts.index(1) >= number - 2


def test_without_events_a_day_is_shown() -> None:
    index = FacetIndex(0)
    assert histogram.fitting(index, index.facets["level"].of("error"), NOON) is Range.DAY
