"""Clocks that are set by hand."""

from app.jobs.clock_jumps import Clocks


class SetClocks(Clocks):
    """Three clocks that stand still until they are moved."""

    def __init__(self) -> None:
        self.on_the_wall = 1_790_000_000.0
        self.passed = 100.0
        self.slept: float | None = 0.0

    def wall(self) -> float:
        return self.on_the_wall

    def monotonic(self) -> float:
        return self.passed

    def asleep(self) -> float | None:
        return self.slept

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.on_the_wall += seconds
        self.passed += seconds


class OffsetClocks(Clocks):
    """The real clocks, with a wall clock that can be set."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def wall(self) -> float:
        return super().wall() + self.ahead
