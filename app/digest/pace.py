"""When the digest claims and files: it gathers a trickle, and gives way to the receiver in a flood.

A batch of one report costs nearly as much as one of fifty. So while errors trickle in, they are claimed and
understood twenty times a second, and filed ten times; the first one after a quiet time at once, and one of an
issue that is new with its claim.

In a flood the receiver has priority: both write the same database, one at a time, on the same few cores.
Measured at 64 connections: with a digest that never pauses the receiver reaches two thirds of its speed, with
this one nearly all of it. A digest that keeps up with a flood does not pause: its reports wait too briefly.
"""

import time
from collections.abc import Callable

from app.clock import now_micros
from app.store.queue.report_queue import Claim

# How far apart a digest that gathers claims, and files. The window is notified as often as the first.
CLAIM_SECONDS = 0.05
FILE_SECONDS = 0.1
FLOOD_PER_SECOND = 3_000
# The digest keeps up while its oldest report has waited for less than this.
BEHIND_SECONDS = 0.5
# How long a pause is, as a multiple of the time that the batch took.
PAUSES = 3.0
LONGEST_SECONDS = 0.25


class Pace:
    """Measures how fast reports arrive. A digest that does not gather claims and files without waiting.

    `clock` returns microseconds since 1970, as the times of arrival do.
    """

    def __init__(self, *, gathers: bool = False, clock: Callable[[], int] = now_micros) -> None:
        self._gathers = gathers
        self._clock = clock
        # When the last claim was made, and the number of the newest report then.
        self._claimed_at: float | None = None
        self._newest = 0
        self._filed_at = 0.0
        # Whether more waits than could be claimed at once.
        self.is_more_waiting = False
        self._is_behind_flood = False

    def before_claim(self) -> float:
        """How many seconds to wait before the next claim."""
        if not self._gathers or self._claimed_at is None or self.is_more_waiting:
            return 0.0
        return max(0.0, self._claimed_at + CLAIM_SECONDS - time.monotonic())

    def claimed(self, claim: Claim) -> None:
        """Reports have been claimed just now."""
        before, self._claimed_at = self._claimed_at, time.monotonic()
        arrived, self._newest = claim.newest - self._newest, claim.newest
        self.is_more_waiting = claim.through < claim.newest
        self._is_behind_flood = (
            before is not None
            # Both from one claim to the next: a pause in between is part of both.
            and arrived >= FLOOD_PER_SECOND * (self._claimed_at - before)
            and bool(claim.reports)
            and self._clock() - claim.reports[0].received_at >= BEHIND_SECONDS * 1_000_000
        )

    def is_time_to_file(self, *, is_news: bool = False) -> bool:
        """Whether what is gathered is to be filed; `is_news`: there is a new issue in it."""
        if not self._gathers or self.is_more_waiting or is_news:
            return True
        # Claims are not exactly so far apart.
        return time.monotonic() - self._filed_at >= FILE_SECONDS - CLAIM_SECONDS / 2

    def filed(self) -> None:
        """A batch is filed just now."""
        self._filed_at = time.monotonic()

    def after_batch(self) -> float:
        """How many seconds to wait after a batch; 0 unless it is behind a flood."""
        if not self._is_behind_flood or self._claimed_at is None:
            return 0.0
        return min(PAUSES * (time.monotonic() - self._claimed_at), LONGEST_SECONDS)
