"""Between a run and what reads its command's output: pieces go there by a `Feed`, and answers come back.

Both are on one socket; an answer is a line of JSON.
"""

import json
import select
import socket
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from app.runs import feed
from app.runs.feed import Feed, Frame

TICK_SECONDS = 0.05
PIECE = 1 << 20

Message = dict[str, Any]


class ReadingFailed(Exception):
    """The reading has ended before it said what it should have said; the text has its traceback."""


class Reader:
    """The end that reads: what comes from the command, and how to answer."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket = ours

    def frames(self) -> Iterator[Frame | None]:
        """What was printed, and None whenever nothing has come for a moment; ends with the run."""
        buffer = bytearray()
        while True:
            if not select.select([self._socket], [], [], TICK_SECONDS)[0]:
                yield None
                continue
            data = self._socket.recv(PIECE)
            if not data:
                return
            buffer += data
            yield from feed.parse(buffer)

    def say(self, message: Message) -> None:
        """Answer. A run that has gone needs no answer."""
        with suppress(OSError):
            self._socket.sendall(json.dumps(message).encode() + b"\n")


class Reading:
    """The run's own end."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket = ours
        self._said = b""
        self.feed = Feed(ours)

    def answer(self) -> Message:
        """Wait for what it says next. Raises `ReadingFailed` when it says nothing any more."""
        self._socket.setblocking(True)
        while b"\n" not in self._said:
            try:
                data = self._socket.recv(PIECE)
            except ConnectionError:
                data = b""
            if not data:
                raise ReadingFailed("The process that reads what is printed has ended unexpectedly.")
            self._said += data
        line, _, self._said = self._said.partition(b"\n")
        message: Message = json.loads(line)
        self._socket.setblocking(False)
        if "bug" in message:
            raise ReadingFailed(message["bug"])
        return message

    def close(self) -> None:
        """Nothing more is said."""
        self._socket.close()
