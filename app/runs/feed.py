"""Hands what a command prints to the process that reads it, and never waits for that one.

What has not been taken yet is held, up to a limit; beyond it the oldest goes: why a program ended stands at
the end of what it printed. Frames of bytes, over a socket: kind, time and length, then as many bytes.
"""

import socket
import struct
from collections import deque

from msgspec import Struct

MOST_HELD = 32 << 20

_HEAD = struct.Struct("<BdI")
_STREAMS = ("terminal", "stdout", "stderr")
_ENDED, _SKIPPED, _NOT_BEGUN = 100, 101, 102


class Piece(Struct, frozen=True):
    """What was printed on a stream, at a time in seconds since 1970."""

    data: bytes
    stream: str
    at: float


class Skipped(Struct, frozen=True):
    """So many bytes of output in all have not been given by now: more came than could be read."""

    size: int


class CommandEnded(Struct, frozen=True):
    """The command has ended, by this code, or by minus the number of a signal."""

    code: int


class NotBegun(Struct, frozen=True):
    """The command could not be started."""


Frame = Piece | Skipped | CommandEnded | NotBegun


class Feed:
    """The end of the socket at which the command runs."""

    def __init__(self, reader: socket.socket) -> None:
        reader.setblocking(False)
        self._socket: socket.socket | None = reader
        self._held: deque[memoryview] = deque()
        self._size = 0
        self._is_begun = False
        self._skipped = 0

    def fileno(self) -> int:
        """The socket; -1 when the reader has gone."""
        return -1 if self._socket is None else self._socket.fileno()

    @property
    def is_behind(self) -> bool:
        """Whether something is held, to be flushed when the socket takes more."""
        return bool(self._held)

    def take(self, data: bytes, stream: str, at: float) -> None:
        """Hand over what was printed on a stream; never waits."""
        self._put(_STREAMS.index(stream), at, data)
        if self._size > MOST_HELD:
            self._skip()
        self.flush()

    def flush(self) -> None:
        """Hand over what is held, as far as it is taken at once."""
        while self._held and self._socket is not None:
            first = self._held[0]
            try:
                sent = self._socket.send(first)
            except BlockingIOError:
                return
            except OSError:
                # Whatever became of the reader, the command goes on.
                self._let_go()
                return
            self._size -= sent
            self._is_begun = sent < len(first)
            if self._is_begun:
                self._held[0] = first[sent:]
            else:
                self._held.popleft()

    def end(self, code: int, seconds: float) -> None:
        """Hand over all that is held, and how the command ended; `seconds` at most for each piece."""
        self._put(_ENDED, 0.0, str(code).encode())
        if self._socket is not None:
            self._socket.settimeout(seconds)
        try:
            self.flush()
        finally:
            if self._socket is not None:
                self._socket.settimeout(None)

    def give_up(self) -> None:
        """Say that the command could not be started."""
        self._put(_NOT_BEGUN, 0.0, b"")
        self.flush()

    def _put(self, kind: int, at: float, data: bytes) -> None:
        if self._socket is not None:
            self._held.append(memoryview(_HEAD.pack(kind, at, len(data)) + data))
            self._size += len(self._held[-1])

    def _skip(self) -> None:
        """Let the oldest half go, but for a frame of which the other side has the beginning."""
        begun = [self._held.popleft()] if self._is_begun else []
        skipped = 0
        while self._size - skipped > MOST_HELD // 2 and len(self._held) > 1:
            skipped += len(self._held.popleft())
        self._size -= skipped
        self._skipped += skipped
        told = memoryview(_HEAD.pack(_SKIPPED, 0.0, 8) + self._skipped.to_bytes(8, "little"))
        self._size += len(told)
        self._held.extendleft([told, *begun])

    def _let_go(self) -> None:
        self._socket = None
        self._held.clear()
        self._size = 0


def parse(buffer: bytearray) -> list[Frame]:
    """The frames that are complete in `buffer`, which are taken off it."""
    frames: list[Frame] = []
    at = 0
    while len(buffer) - at >= _HEAD.size:
        kind, when, size = _HEAD.unpack_from(buffer, at)
        end = at + _HEAD.size + size
        if len(buffer) < end:
            break
        frames.append(_frame(kind, when, bytes(buffer[at + _HEAD.size : end])))
        at = end
    del buffer[:at]
    return frames


def _frame(kind: int, at: float, data: bytes) -> Frame:
    if kind == _ENDED:
        return CommandEnded(int(data))
    if kind == _NOT_BEGUN:
        return NotBegun()
    if kind == _SKIPPED:
        return Skipped(int.from_bytes(data, "little"))
    return Piece(data, _STREAMS[kind], at)
