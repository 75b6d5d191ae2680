"""The last day of a few issues, by the hour."""

import pytest

from app.store.facets import sparklines
from app.store.inbox.counts import recent_counts
from tests.factories import NOON, SECOND, Store, make_event

HOUR = 3_600 * SECOND


@pytest.mark.parametrize("settled", [False, True])
def test_each_hour_has_its_events(store: Store, settled: bool) -> None:
    for hours in (40, 23, 1, 1, 0):
        store.file(make_event(), at=NOON - hours * HOUR)
    if settled:
        store.write(recent_counts.settle, [1])
        store.file(make_event(), at=NOON)
    found = store.read(sparklines.sparklines, [1, 99], NOON // HOUR)
    assert found[1] == (1, *(21 * (0,)), 2, 1 + settled)
    assert found[99] == 24 * (0,)
