"""Counts by issue and slot (an hour, a minute), from which the sum over any set of issues is read at once.

A slot holds one bitmap for each binary digit of the counts: bit 0 of an issue's count is its membership in
the first, and so on. So the sum over a set of issues is a few cardinalities: a million counts take 2 ms.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from pyroaring import BitMap

from app.store.facets.parts import in_parts

_SLOTS = 500

Slot = TypeVar("Slot", bound=Hashable)


class BitCounts(Generic[Slot]):
    """Counts of issues in slots."""

    def __init__(self) -> None:
        self._digits: dict[Slot, list[BitMap]] = {}

    def add(self, counts: Iterable[tuple[Slot, int, Collection[int]]]) -> None:
        """Add (slot, count, issues that have so many more)."""
        for slot, count, issues in counts:
            if not issues:
                continue
            digits, having = self._digits.setdefault(slot, []), BitMap(issues)
            for digit in range(count.bit_length()):
                if count >> digit & 1:
                    self._carry(digits, digit, having)

    @staticmethod
    def _carry(digits: list[BitMap], digit: int, issues: BitMap) -> None:
        while issues:
            while len(digits) <= digit:
                digits.append(BitMap())
            both = digits[digit] & issues
            digits[digit].symmetric_difference_update(issues)
            issues = both
            digit += 1

    def remove(self, issues: BitMap) -> None:
        """Remove all counts of these issues."""
        for part in in_parts(list(self._digits.items()), _SLOTS):
            for slot, digits in part:
                for digit in digits:
                    digit.difference_update(issues)
                if not any(digits):
                    del self._digits[slot]

    def slots(self) -> Iterator[Slot]:
        """The slots that have any counts, in no order."""
        return iter(self._digits)

    def drop(self, slots: Iterable[Slot]) -> None:
        """Remove whole slots."""
        for slot in slots:
            self._digits.pop(slot, None)

    def sum(self, slot: Slot, issues: BitMap) -> int:
        """The sum of the counts of these issues in a slot."""
        digits = self._digits.get(slot, ())
        return sum(each.intersection_cardinality(issues) << digit for digit, each in enumerate(digits))
