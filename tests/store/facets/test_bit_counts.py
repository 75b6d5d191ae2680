"""Counts in bitmaps, against a plain counter."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from app.store.facets.bit_counts import BitCounts

ISSUES = st.integers(1, 9)
ADDED = st.tuples(st.integers(0, 3), st.integers(1, 300), st.sets(ISSUES))
REMOVED = st.sets(ISSUES)


@given(st.lists(st.one_of(ADDED, REMOVED)), st.sets(ISSUES))
def test_sums_are_those_of_a_plain_counter(
    steps: list[tuple[int, int, set[int]] | set[int]], asked: set[int]
) -> None:
    counts, plain = BitCounts[int](), Counter[tuple[int, int]]()
    for step in steps:
        if isinstance(step, set):
            counts.remove(BitMap(step))
            plain = Counter({key: count for key, count in plain.items() if key[1] not in step})
        else:
            slot, count, issues = step
            counts.add([(slot, count, issues)])
            plain.update({(slot, issue): count for issue in issues})
    for slot in range(4):
        expected = sum(count for (at, issue), count in plain.items() if at == slot and issue in asked)
        assert counts.sum(slot, BitMap(asked)) == expected
    assert set(counts.slots()) <= {slot for slot, _issue in plain}


def test_whole_slots_are_dropped() -> None:
    counts = BitCounts[int]()
    counts.add([(1, 5, [1]), (2, 5, [1])])
    counts.drop([1, 7])
    assert (list(counts.slots()), counts.sum(1, BitMap([1]))) == ([2], 0)
