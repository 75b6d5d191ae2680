"""The wall clock, the monotonic clock, and whether the one has jumped against the other.

Every pause is monotonic time. The wall clock is set by people and by NTP, in both directions; what is due by
it must then be computed again.
"""

import sys
import time

from msgspec import Struct

# A smaller jump is not noticeable; NTP slews a clock by half a millisecond a second.
TOLERATED_SECONDS = 1.0
SLEPT_SECONDS = 1.0
_IS_SLEEP_KNOWN = hasattr(time, "CLOCK_BOOTTIME")


class Clocks:
    """The clocks of this machine, in seconds."""

    def wall(self) -> float:
        """Since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """Never goes back; on most systems it stands still while the machine sleeps."""
        return time.monotonic()

    def asleep(self) -> float | None:
        """How long the machine has slept, from an arbitrary beginning; None where that is not known."""
        if sys.platform == "linux" and _IS_SLEEP_KNOWN:
            return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
        return None

    def wall_micros(self) -> int:
        """Microseconds since 1970, as all times in the store."""
        return int(self.wall() * 1_000_000)


class Jump(Struct, frozen=True):
    """The wall clock jumped so many seconds ahead, or back when negative.

    `slept`: the machine slept, and the clock is right.
    """

    seconds: float
    slept: bool


class JumpDetector:
    """Finds jumps of the wall clock by comparing the clocks at each `check`."""

    def __init__(self, clocks: Clocks) -> None:
        self._clocks = clocks
        self._offset = clocks.wall() - clocks.monotonic()
        self._asleep = clocks.asleep() or 0.0

    def check(self) -> Jump | None:
        """The wall clock's jump since the last one that was found; None below `TOLERATED_SECONDS`."""
        offset = self._clocks.wall() - self._clocks.monotonic()
        jumped = offset - self._offset
        if abs(jumped) < TOLERATED_SECONDS:
            return None
        asleep = self._clocks.asleep() or 0.0
        slept = asleep - self._asleep
        self._offset, self._asleep = offset, asleep
        return Jump(jumped, slept >= SLEPT_SECONDS and abs(jumped - slept) < TOLERATED_SECONDS)
