"""How fast the queue moves: two looks at the counters, and the time between. Nothing is written for it."""

from collections import deque

from msgspec import Struct

from app.store.queue.queue_overview import QueueStatus

WINDOW_SECONDS = 5.0


class Flow(Struct, frozen=True, kw_only=True):
    """Reports a second, in and out."""

    received: float
    digested: float


class FlowMeter:
    """Remembers the last few seconds of what it was shown."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, QueueStatus]] = deque()

    def look(self, status: QueueStatus, seconds: float) -> Flow | None:
        """The flow over the last seconds, at a time of any monotonic clock; None at the first look."""
        self._looks.append((seconds, status))
        while len(self._looks) > 2 and self._looks[1][0] <= seconds - WINDOW_SECONDS:
            self._looks.popleft()
        since, before = self._looks[0]
        if seconds <= since:
            return None
        # A report that is had back from the discarded ones counts as digested no longer.
        return Flow(
            received=max(0, status.received - before.received) / (seconds - since),
            digested=max(0, status.digested - before.digested) / (seconds - since),
        )
