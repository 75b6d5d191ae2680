"""How well events are grouped: how many pairs of one bug have equal keys, and how many others different ones.

The pairs are made from real events by documented mutations (`tests/digest/grouping/variants.py`), and grouped
by each algorithm. A third of the events is held out from tuning, and also scored separately. A second set
(`tests/digest/unseen`), made independently to find what the first misses, is scored on its own.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from app.digest import grouping
from app.digest.grouping import v1, v2
from app.model import Event
from bench import report
from tests.digest.grouping import bases, variants
from tests.digest.unseen import every as unseen
from tests.digest.unseen.pairs import Pair

PROMISED = 0.98
ALGORITHMS: dict[str, Callable[[Event], str]] = {
    v1.ALGORITHM: lambda event: v1.key(event)[0],
    v2.ALGORITHM: v2.key,
}


class Score(Struct):
    """How many pairs were grouped rightly (`right`) of all (`of`), by whether they are one bug."""

    right: Counter[bool]
    of: Counter[bool]
    wrong: dict[str, list[str]]

    def share(self, *, same: bool) -> float:
        return self.right[same] / max(1, self.of[same])


def score(key: Callable[[Event], str], events: Sequence[bases.Base]) -> Score:
    """Group every variant of `events` by `key`."""
    return score_pairs(
        key,
        (
            Pair(base.name, variant.mutation, variant.same, variant.one, variant.two)
            for base in events
            for variant in variants.of(base.event)
        ),
    )


def score_pairs(key: Callable[[Event], str], pairs: Iterable[Pair]) -> Score:
    """Group both events of each pair by `key`."""
    found = Score(Counter(), Counter(), defaultdict(list))
    for pair in pairs:
        found.of[pair.same] += 1
        if (key(pair.one) == key(pair.two)) == pair.same:
            found.right[pair.same] += 1
        else:
            found.wrong[pair.kind].append(pair.name)
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
            report.figure(f"{name}, {which}: same bug kept together", result.share(same=True), PROMISED)
            report.figure(f"{name}, {which}: other bugs kept apart", result.share(same=False), PROMISED)
        if name == grouping.CURRENT.ALGORITHM:
            _print_wrong(found)
    _run_unseen()


def _run_unseen() -> None:
    pairs = [pair for source in unseen.SOURCES.values() for pair in source()]
    report.title(f"grouping, unseen: {len(pairs):,} pairs of a second set")
    for name, key in ALGORITHMS.items():
        found = score_pairs(key, pairs)
        report.figure(f"{name}, unseen: same bug kept together", found.share(same=True), PROMISED)
        report.figure(f"{name}, unseen: other bugs kept apart", found.share(same=False), PROMISED)
        if name == grouping.CURRENT.ALGORITHM:
            _print_wrong(found)


def _print_wrong(found: Score) -> None:
    for mutation, names in found.wrong.items():
        report.row(f"wrong in {len(names)}", mutation, names[0])
