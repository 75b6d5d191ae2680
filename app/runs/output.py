"""What a program prints, as bytes in pieces of any size, read for errors.

Most output has no sign of an error: it is only remembered for a while, as bytes (`prefilter`). From a sign on
it is read line by line, with what was printed just before.
"""

from collections import deque
from collections.abc import Callable

from msgspec import Struct

from app.printed import prefilter
from app.printed.printed_line import plain
from app.printed.scanner import FoundError, Scanner
from app.printed.stream_lines import StreamLines
from app.printed.trace_cutter import BEFORE

PAUSE_SECONDS = 0.15
"""So long after the last line a trace is complete."""
LINE_PAUSE_SECONDS = 1.0
"""So long after a part of a line, which may be a prompt."""
SLOW_PAUSE_SECONDS = 10.0
"""So long where it is printed with pauses."""

# Of what has no sign, so much is remembered: a hundred lines, also where several services print.
_REMEMBERED = 1 << 16


class _Unread(Struct):
    """Lines without a sign; the number of the first of them, and when they were printed."""

    data: bytes
    number: int
    at: float | None


class Output:
    """Takes what was printed, and calls `found` with each error, whose lines have their numbers, from 1."""

    def __init__(self, found: Callable[[FoundError], None]) -> None:
        self._streams: dict[str, StreamLines] = {}
        self._scanner = Scanner(found)
        self._last: deque[str] = deque(maxlen=BEFORE)
        self._unread: deque[_Unread] = deque()
        self._unread_size = 0
        self._number = 1
        self._heard_at: float | None = None

    def take(self, data: bytes, stream: str, now: float | None) -> None:
        """Take a piece of a stream; `now` is in seconds since 1970, None where nobody knows."""
        lines = self._streams.setdefault(stream, StreamLines())
        self._heard_at = now
        self._read(lines.complete(data), lines, now)

    def pause(self, now: float) -> None:
        """Find what is complete because nothing more has come; a line that has begun is waited for longer."""
        pause = LINE_PAUSE_SECONDS if self.has_begun else PAUSE_SECONDS
        if now - (self._heard_at or 0.0) >= (SLOW_PAUSE_SECONDS if self._scanner.is_slow else pause):
            self._scanner.pause()

    def complete(self) -> None:
        """Find what is open: it is complete."""
        self._scanner.pause()

    @property
    def has_begun(self) -> bool:
        """Whether a line has been printed in part."""
        return any(lines.has_begun for lines in self._streams.values())

    def skip(self) -> None:
        """A part of what was printed was not given: what comes next does not belong to what came before."""
        self._streams.clear()
        self._scanner.pause()

    def end(self) -> None:
        """Find what is left: nothing more comes."""
        for lines in self._streams.values():
            rest = lines.rest()
            if rest:
                self._read(rest + b"\n", lines, self._heard_at)
        self._recall()
        self._scanner.pause()

    @property
    def is_waiting(self) -> bool:
        """Whether a pause would complete something."""
        return self._scanner.is_open

    @property
    def last_lines(self) -> list[str]:
        """The last lines of all streams, the oldest first; known once all has ended."""
        return list(self._last)

    def _read(self, data: bytes, lines: StreamLines, now: float | None) -> None:
        """Read complete lines: those near a sign one by one."""
        at = 0
        while at < len(data):
            if not self._scanner.is_open and not lines.has_screen:
                sign = prefilter.first_sign(data, at)
                begin = len(data) if sign is None else data.rfind(b"\n", at, sign + 1) + 1 or at
                if begin > at:
                    self._remember(data[at:begin], now)
                    at = begin
                    continue
                self._recall()
            end = data.index(b"\n", at) + 1
            line = data[at : end - 1]
            if lines.is_shown(line):
                self._take_line(line, now, self._number)
            self._number += 1
            at = end

    def _remember(self, data: bytes, now: float | None) -> None:
        self._number += data.count(b"\n")
        if len(data) > _REMEMBERED:
            kept = data[-_REMEMBERED:]
            data = kept[kept.index(b"\n") + 1 :] or kept
        self._unread.append(_Unread(data, self._number - data.count(b"\n"), now))
        self._unread_size += len(data)
        while self._unread_size - len(self._unread[0].data) > _REMEMBERED:
            self._unread_size -= len(self._unread.popleft().data)

    def _recall(self) -> None:
        """Read what was only remembered."""
        unread, self._unread, self._unread_size = self._unread, deque(), 0
        for each in unread:
            for number, line in enumerate(each.data.removesuffix(b"\n").split(b"\n"), each.number):
                self._take_line(line, each.at, number)

    def _take_line(self, line: bytes, now: float | None, number: int) -> None:
        text = plain(line.decode("utf-8", "replace"))
        self._last.append(text)
        self._scanner.take(text, now, number)
