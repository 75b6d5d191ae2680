"""The time on the wall, the time that passes, and whether the one has jumped against the other.

Whatever waits for a while waits in monotonic time. The wall's clock is set by people and by NTP, in both
directions; what is due by it has to be asked anew after that.
"""

import time

from msgspec import Struct

# Below that nobody notices; NTP pulls a clock by half a millisecond a second.
TOLERATED_SECONDS = 1.0
SLEPT_SECONDS = 1.0
_BOOT_TIME = getattr(time, "CLOCK_BOOTTIME", None)


class Clock:
    """The clocks of this machine, in seconds."""

    def wall(self) -> float:
        """Since 1970."""
        return time.time()

    def monotonic(self) -> float:
        """Never goes back; on most systems it stands still while the machine sleeps."""
        return time.monotonic()

    def asleep(self) -> float | None:
        """How long the machine has slept by now, from any beginning; None where that is not known."""
        if _BOOT_TIME is None:
            return None
        return time.clock_gettime(_BOOT_TIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


class Jump(Struct, frozen=True):
    """The wall's clock went so many seconds ahead, or back when negative, in no time.

    `slept`: the machine did, and the clock is right.
    """

    seconds: float
    slept: bool


class JumpDetector:
    """Compares the clocks whenever it is asked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = clock.wall() - clock.monotonic()
        self._asleep = clock.asleep() or 0.0

    def check(self) -> Jump | None:
        """What has happened to the wall's clock since the last jump, if it is worth a word."""
        offset = self._clock.wall() - self._clock.monotonic()
        jumped = offset - self._offset
        if abs(jumped) < TOLERATED_SECONDS:
            return None
        asleep = self._clock.asleep() or 0.0
        slept = asleep - self._asleep
        self._offset, self._asleep = offset, asleep
        return Jump(jumped, slept >= SLEPT_SECONDS and abs(jumped - slept) < TOLERATED_SECONDS)
