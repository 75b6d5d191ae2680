"""The wall clock, in the form in which the store keeps every time."""

import time


def now_micros() -> int:
    """The wall clock's time now, in microseconds since 1970, UTC."""
    return time.time_ns() // 1_000
