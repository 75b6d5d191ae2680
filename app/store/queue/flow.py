"""How fast the queue moves: the difference of two readings of its counters. Nothing is stored for it."""

from collections import deque

from msgspec import Struct

from app.store.queue.queue_overview import QueueCounters

WINDOW_SECONDS = 5.0


class Flow(Struct, frozen=True, kw_only=True):
    """Reports a second, in and out."""

    received: float
    digested: float


class FlowMeter:
    """Holds the readings of the last few seconds."""

    def __init__(self) -> None:
        self._readings: deque[tuple[float, QueueCounters]] = deque()

    def measure(self, status: QueueCounters, seconds: float) -> Flow | None:
        """The flow over the last seconds; None at the first reading. `seconds` is of any monotonic clock."""
        self._readings.append((seconds, status))
        while len(self._readings) > 2 and self._readings[1][0] <= seconds - WINDOW_SECONDS:
            self._readings.popleft()
        since, before = self._readings[0]
        if seconds <= since:
            return None
        # A discarded report that is restored counts as digested no longer.
        return Flow(
            received=max(0, status.received - before.received) / (seconds - since),
            digested=max(0, status.digested - before.digested) / (seconds - since),
        )
