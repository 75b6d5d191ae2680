"""Limits the receiver's open connections: to a cap, and in time.

At the cap the slowest are closed, not the newest: a client that sends now always gets in. Nothing is counted
or timed per request; one timer checks all connections once a second, while there are any.
"""

import asyncio
import logging
from typing import Protocol

from app.receiver.limits import MAX_CONNECTIONS

log = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
# At the cap one in so many is closed at once, since finding the slowest examines all.
_SHARE = 16


class TimedConnection(Protocol):
    """The interface of a connection."""

    def waited(self, now: float) -> float | None:
        """For how many seconds we have waited for the client; None while it waits for its answer."""

    def is_overdue(self, now: float) -> bool:
        """Whether the client has been silent for too long."""

    def hang_up(self) -> None:
        """Answer that it is overdue, and close it."""

    def give_way(self) -> None:
        """Close it at once, to make room for another."""


class Connections:
    """The open connections. Used only on the receiver's loop."""

    def __init__(self, most: int = MAX_CONNECTIONS) -> None:
        self.most = most
        self._open: set[TimedConnection] = set()
        self._timer: asyncio.TimerHandle | None = None

    def opened(self, connection: TimedConnection, loop: asyncio.AbstractEventLoop) -> None:
        """Add a new connection, after making room for it."""
        self._open.add(connection)
        if len(self._open) > self.most:
            self.make_room(loop.time())
        if self._timer is None:
            self._timer = loop.call_later(SWEEP_SECONDS, self._sweep, loop)

    def closed(self, connection: TimedConnection) -> None:
        """Remove a closed connection."""
        self._open.discard(connection)

    def make_room(self, now: float) -> None:
        """Close those whose clients have been silent longest."""
        waiting = [(waited, each) for each in self._open if (waited := each.waited(now)) is not None]
        waiting.sort(key=lambda found: found[0], reverse=True)
        going = waiting[: max(1, self.most // _SHARE)]
        for _waited, connection in going:
            connection.give_way()
            self._open.discard(connection)
        log.info("%d connections were closed to make room for others", len(going))

    def stop(self) -> None:
        """Stop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for connection in list(self._open):
            if connection.is_overdue(now):
                connection.hang_up()
        self._timer = loop.call_later(SWEEP_SECONDS, self._sweep, loop) if self._open else None
