"""When the digest takes the next batch: it gathers a trickle, and gives way to the receiver in a flood.

A batch of one report costs nearly as much as one of fifty, and whoever looks is notified of a change twenty
times a second at most (`engine.doorbell`). So batches begin that far apart; the first one after a quiet time
begins at once.

In a flood the receiver has priority: both write the same database, one at a time, on the same few cores.
Measured at 64 connections: with a digest that never pauses the receiver reaches two thirds of its speed, with
this one nearly all of it. A digest that keeps up with a flood does not pause: its reports wait too briefly.
"""

import time
from collections.abc import Callable

from app.clock import now_micros
from app.store.queue.report_queue import Claim

GATHER_SECONDS = 0.05
FLOOD_PER_SECOND = 3_000
# The digest keeps up while its oldest report has waited for less than this.
BEHIND_SECONDS = 0.5
# How long a pause is, as a multiple of the time that the batch took.
PAUSES = 3.0
LONGEST_SECONDS = 0.25


class Pace:
    """Measures how fast reports arrive. Batches begin `gather_seconds` apart, or later.

    `clock` returns microseconds since 1970, as the times of arrival do.
    """

    def __init__(self, gather_seconds: float = 0.0, *, clock: Callable[[], int] = now_micros) -> None:
        self._gather_seconds = gather_seconds
        self._clock = clock
        # When the last batch was claimed, and the number of the newest report then.
        self._claimed_at: float | None = None
        self._newest = 0
        self._is_more_waiting = False
        self._is_behind_flood = False

    def before_claim(self) -> float:
        """How many seconds to wait before the next batch is claimed."""
        if self._claimed_at is None or self._is_more_waiting:
            return 0.0
        return max(0.0, self._claimed_at + self._gather_seconds - time.monotonic())

    def claimed(self, claim: Claim) -> None:
        """A batch has been claimed just now."""
        before, self._claimed_at = self._claimed_at, time.monotonic()
        arrived, self._newest = claim.newest - self._newest, claim.newest
        self._is_more_waiting = claim.through < claim.newest
        self._is_behind_flood = (
            before is not None
            # Both from one claim to the next: a pause in between is part of both.
            and arrived >= FLOOD_PER_SECOND * (self._claimed_at - before)
            and bool(claim.reports)
            and self._clock() - claim.reports[0].received_at >= BEHIND_SECONDS * 1_000_000
        )

    def after_batch(self) -> float:
        """How many seconds to wait after the batch that was claimed last; 0 unless it is behind a flood."""
        if not self._is_behind_flood or self._claimed_at is None:
            return 0.0
        return min(PAUSES * (time.monotonic() - self._claimed_at), LONGEST_SECONDS)
