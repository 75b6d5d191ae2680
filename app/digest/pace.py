"""Under a flood the receiver has priority: the digest pauses after each batch.

Both write the same database, one at a time, on the same few cores. Measured at 64 connections: with a
digest that never pauses the receiver reaches two thirds of its speed, with this one nearly all of it.
"""

import time

from app.store.queue.report_queue import Claim

FLOOD_PER_SECOND = 3_000
# How long a pause is, as a multiple of the time that the batch took.
PAUSES = 3.0
LONGEST_SECONDS = 0.25


class Pace:
    """Measures how fast reports arrive while batches are digested."""

    def __init__(self) -> None:
        self._then = time.monotonic()
        self._newest: int | None = None

    def pause(self, claim: Claim) -> float:
        """How many seconds to wait after digesting `claim`; 0 unless reports arrive in a flood."""
        now = time.monotonic()
        took, self._then = now - self._then, now
        previous, self._newest = self._newest, claim.newest
        if previous is None or claim.newest - previous < FLOOD_PER_SECOND * took:
            return 0.0
        pause = min(PAUSES * took, LONGEST_SECONDS)
        self._then += pause
        return pause
