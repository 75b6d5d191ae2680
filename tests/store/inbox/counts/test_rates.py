"""What is usual of an issue, and what is well above."""

import pytest

from app.store.inbox.counts import rates
from app.store.inbox.counts.rates import HOUR, WEEK_HOURS, Rate
from tests.factories import NOON, Store, make_event

HOUR_NOW = NOON // HOUR


def rate_of(counts: list[int]) -> Rate:
    return Rate(len(counts), sum(counts), sum(count * count for count in counts))


@pytest.mark.parametrize(
    ("counts", "usual", "ceiling"),
    [
        ([], 0, 10),
        ([1, 2, 1], 0, 10),
        ([20] * 30, 0, 60),
        ([20] * 30, 50, 150),
        # A burst every night, and little by day: one more burst is no news, three times as much is.
        ([100] * 7 + [1] * 20, 0, 156),
        ([], 4, 12),
    ],
)
def test_well_above_usual(counts: list[int], usual: int, ceiling: int) -> None:
    assert rate_of(counts).ceiling(usual) == ceiling


def test_the_week_before_counts_and_nothing_else(store: Store) -> None:
    for hours, times in ((WEEK_HOURS + 1, 9), (WEEK_HOURS, 3), (1, 2), (0, 7)):
        store.file(*(make_event() for _ in range(times)), at=NOON - hours * HOUR)
    assert store.read(rates.before, [1, 2], HOUR_NOW) == {1: Rate(2, 5, 13)}
    assert store.read(rates.in_hours, [1, 2], [HOUR_NOW, HOUR_NOW - 1]) == {
        (1, HOUR_NOW): 7,
        (1, HOUR_NOW - 1): 2,
    }
