"""What a program prints, as bytes in pieces of any size, read for errors.

Each stream is cut into lines, each line given to the service that printed it, each service's lines to a
cutter of its own. While a program has the whole screen (an editor, a pager), nothing is a line.
"""

from collections import deque
from collections.abc import Callable

from app.printed.printed_line import LONGEST, PrintedLine, plain
from app.printed.services import Services
from app.printed.trace_cutter import BEFORE, CutTrace, TraceCutter

PAUSE_SECONDS = 0.15
"""So long after the last line a trace is complete."""

Found = Callable[[CutTrace, str | None], None]
_MOST_SERVICES = 200
_ENTER_SCREEN, _LEAVE_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"


class Output:
    """Takes what was printed, and calls `found` with each stack trace and its service."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._streams: dict[str, _Stream] = {}
        self._services = Services()
        self._cutters: dict[str | None, TraceCutter] = {}
        self._last: deque[PrintedLine] = deque(maxlen=BEFORE)
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
            self._complete()

    def end(self) -> None:
        """Find what is left: nothing more comes."""
        for stream in self._streams.values():
            rest = stream.rest()
            if rest:
                self._take_line(plain(rest.decode("utf-8", "replace")), self._heard_at)
        self._complete()

    @property
    def is_waiting(self) -> bool:
        """Whether a pause would complete something."""
        return any(cutter.is_open for cutter in self._cutters.values())

    @property
    def last_lines(self) -> list[PrintedLine]:
        """The last lines of all streams, the oldest first."""
        return list(self._last)

    def _take_line(self, text: str, now: float) -> None:
        self._last.append(PrintedLine(text, now))
        service, text = self._services.split(text)
        if service not in self._cutters:
            if len(self._cutters) >= _MOST_SERVICES:
                service = None
            self._cutters.setdefault(service, TraceCutter(lambda trace: self._found(trace, service)))
        self._cutters[service].feed(PrintedLine(text, now))

    def _complete(self) -> None:
        for cutter in self._cutters.values():
            cutter.pause()


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
