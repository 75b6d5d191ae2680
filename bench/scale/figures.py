"""What a measurement's figures are called, and how much of each is wanted."""

from enum import StrEnum

from msgspec import Struct


class Wanted(StrEnum):
    """How a figure is judged: by its value at each size, or in the largest store, or by its growth."""

    AT_MOST = "≤"
    AT_LEAST = "≥"
    LARGEST_AT_LEAST = "in the largest ≥"
    TIMES_THE_SMALLEST = "× ≤"


class Figure(Struct, frozen=True):
    """A figure that a measurement gives for each store."""

    name: str
    unit: str
    wanted: Wanted
    bound: float

    def is_reached(self, values: list[float]) -> bool:
        """Whether the values, from the smallest store to the largest, are as wanted."""
        match self.wanted:
            case Wanted.AT_MOST:
                return max(values) <= self.bound
            case Wanted.AT_LEAST:
                return min(values) >= self.bound
            case Wanted.LARGEST_AT_LEAST:
                return values[-1] >= self.bound
            case _:
                return max(values) <= self.bound * values[0]


class Result(Struct, frozen=True):
    """What a measurement of one store prints: a value for each of its figures."""

    values: dict[str, float]
