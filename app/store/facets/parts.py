"""Goes through many things in parts, between which the process's other threads run.

A thread that computes is asked to let go of the interpreter every five milliseconds: too late for a window
that paints sixty times a second, and has to ask several times a frame.
"""

import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

PART = 2_000
# Long enough for a waiting thread to wake up; a sleep of nothing is over before that.
REST_SECONDS = 0.000_05


def in_parts(things: Sequence[T], size: int = PART) -> Iterator[Sequence[T]]:
    """The things in parts of this size, with a rest between any two."""
    for start in range(0, len(things), size):
        if start:
            time.sleep(REST_SECONDS)
        yield things[start : start + size]
