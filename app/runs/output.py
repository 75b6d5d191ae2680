"""What a program prints, as bytes in pieces of any size, read for errors.

Each stream is cut into lines, and the scanner finds errors in them. While a program has the whole screen (an
editor, a pager), nothing is a line.
"""

from collections import deque
from collections.abc import Callable

from app.printed.printed_line import LONGEST, plain
from app.printed.scanner import FoundError, Scanner
from app.printed.trace_cutter import BEFORE

PAUSE_SECONDS = 0.15
"""So long after the last line a trace is complete."""

_ENTER_SCREEN, _LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"


class Output:
    """Takes what was printed, and calls `found` with each error."""

    def __init__(self, found: Callable[[FoundError], None]) -> None:
        self._streams: dict[str, _Stream] = {}
        self._scanner = Scanner(found)
        self._last: deque[str] = deque(maxlen=BEFORE)
        self._heard_at = 0.0

    def take(self, data: bytes, stream: str, now: float) -> None:
        """Take a piece of a stream; `now` is in seconds since 1970."""
        if stream not in self._streams:
            self._streams[stream] = _Stream()
        self._heard_at = now
        for line in self._streams[stream].lines(data):
            self._take_line(plain(line.decode("utf-8", "replace")), now)

    def pause(self, now: float) -> None:
        """Find what is complete because nothing more has come."""
        if now - self._heard_at >= PAUSE_SECONDS:
            self._scanner.pause()

    def end(self) -> None:
        """Find what is left: nothing more comes."""
        for stream in self._streams.values():
            rest = stream.rest()
            if rest:
                self._take_line(plain(rest.decode("utf-8", "replace")), self._heard_at)
        self._scanner.pause()

    @property
    def is_waiting(self) -> bool:
        """Whether a pause would complete something."""
        return self._scanner.is_open

    @property
    def last_lines(self) -> list[str]:
        """The last lines of all streams, the oldest first."""
        return list(self._last)

    def _take_line(self, text: str, now: float) -> None:
        self._last.append(text)
        self._scanner.take(text, now)


class _Stream:
    """Cuts one stream into lines."""

    def __init__(self) -> None:
        self._begun = bytearray()
        self._has_screen = False

    def lines(self, data: bytes) -> list[bytes]:
        """The lines that are complete with `data`."""
        *complete, begun = data.split(b"\n")
        if complete:
            complete[0] = bytes(self._begun) + complete[0]
            self._begun.clear()
        self._begun += begun
        if len(self._begun) > 4 * LONGEST:
            # A line that never ends counts by its beginning.
            del self._begun[4 * LONGEST :]
        return [line for line in complete if not self._is_screen(line)]

    def rest(self) -> bytes:
        """What stands behind the last line."""
        rest = bytes(self._begun)
        self._begun.clear()
        return b"" if self._is_screen(rest) else rest

    def _is_screen(self, line: bytes) -> bool:
        entered, left = line.rfind(_ENTER_SCREEN), line.rfind(_LEAVE_SCREEN)
        was = self._has_screen
        if entered != left:
            self._has_screen = entered > left
        return was or self._has_screen
