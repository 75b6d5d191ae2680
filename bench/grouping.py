"""How well events are grouped: of pairs of the same bug, how many have one key; of others, how many have two.

The pairs are made of real events by documented mutations (`tests/digest/grouping/variants.py`), and grouped
by each algorithm. A third of the events is held out from tuning, and counted apart, too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from msgspec import Struct

from app.digest import grouping
from app.digest.grouping import v1, v2
from app.model import Event
from bench import report
from tests.digest.grouping import bases, variants

TARGET = 0.98
ALGORITHMS: dict[str, Callable[[Event], str]] = {
    v1.ALGORITHM: lambda event: v1.key(event)[0],
    v2.ALGORITHM: v2.key,
}


class Score(Struct):
    """Pairs that were grouped as they should, by whether they are the same bug; and what went wrong."""

    right: Counter[bool]
    of: Counter[bool]
    wrong: dict[str, list[str]]

    def share(self, *, same: bool) -> float:
        return self.right[same] / max(1, self.of[same])


def score(key: Callable[[Event], str], events: Sequence[bases.Base]) -> Score:
    """Group every variant of `events` by `key`."""
    found = Score(Counter(), Counter(), defaultdict(list))
    for base in events:
        for variant in variants.of(base.event):
            found.of[variant.same] += 1
            if (key(variant.one) == key(variant.two)) == variant.same:
                found.right[variant.same] += 1
            else:
                found.wrong[variant.mutation].append(base.name)
    return found


def run() -> None:
    """Measure and print."""
    every = bases.every()
    pairs = sum(1 for base in every for _variant in variants.of(base.event))
    report.title(f"grouping: {len(every)} real events, {pairs:,} pairs of variants")
    held_out = [base for base in every if base.held_out]
    for name, key in ALGORITHMS.items():
        found = score(key, every)
        for which, result in (("all", found), ("held out from tuning", score(key, held_out))):
            report.figure(f"{name}, {which}: same bug kept together", result.share(same=True), TARGET)
            report.figure(f"{name}, {which}: other bugs kept apart", result.share(same=False), TARGET)
        if name == grouping.CURRENT.ALGORITHM:
            for mutation, names in found.wrong.items():
                report.row(f"wrong in {len(names)}", mutation, names[0])
