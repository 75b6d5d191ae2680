"""Cuts stack traces out of the lines that a program prints, as they come.

Most lines have no sign of a trace and are only remembered for a while: they are what happened before the next
one. From the first sign on lines are collected until none has come for a moment, or none with a sign for
many lines. Then the readers of all languages say whether there is a trace, and where it begins and ends:
at the fewest lines that say the same.
"""

from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec import Struct

from app.printed import json_records
from app.printed.printed_line import PrintedLine
from app.protocols import stacktrace
from app.protocols.stacktrace import headings, readers

BEFORE = 100
"""So many lines before a trace are its breadcrumbs."""

_LOOK_BACK = 40
_LOOK_AHEAD = 40
_MOST_LINES = 5_000
_MOST_MESSAGE_LINES = 20
_AT_ONCE_SECONDS = 0.1

_SANITIZER, _LAST_OF_SANITIZER = "Sanitizer: ", "SUMMARY: "

Signature = tuple[object, ...]


class CutTrace(Struct, frozen=True):
    """A stack trace as it was printed, with the lines before it, oldest first."""

    lines: tuple[PrintedLine, ...]
    before: tuple[PrintedLine, ...] = ()

    @property
    def text(self) -> str:
        """The trace, as the readers take it."""
        return "\n".join(line.text for line in self.lines)


class TraceCutter:
    """Takes one service's plain lines, and calls `found` with each stack trace when it is complete."""

    def __init__(self, found: Callable[[CutTrace], None]) -> None:
        self._found = found
        self._recent: deque[PrintedLine] = deque(maxlen=BEFORE)
        self._open: list[PrintedLine] = []
        self._since_sign = 0
        self._is_slow = False

    @property
    def is_open(self) -> bool:
        """Whether a trace may have begun, so that a pause would end it."""
        return bool(self._open)

    @property
    def is_slow(self) -> bool:
        """Whether a pause says nothing yet: a sanitizer waits for its symbolizer, line by line."""
        return self._is_slow and self.is_open

    @property
    def recent(self) -> Sequence[PrintedLine]:
        """The last lines, without those of a trace that has been found."""
        return [*self._recent, *self._open][-BEFORE:]

    def feed(self, line: PrintedLine) -> None:
        """Take a line."""
        has_sign = not json_records.is_record(line.text) and readers.has_sign(line.text)
        if not self._open:
            if not has_sign:
                self._recent.append(line)
                return
            back = min(_LOOK_BACK, len(self._recent))
            self._open = [self._recent.pop() for _n in range(back)][::-1]
        self._open.append(line)
        if _SANITIZER in line.text:
            self._is_slow = not line.text.startswith(_LAST_OF_SANITIZER)
        self._since_sign = 0 if has_sign else self._since_sign + 1
        if self._since_sign > _LOOK_AHEAD or len(self._open) >= _MOST_LINES:
            self.pause()

    def pause(self) -> None:
        """No line has come for a moment, or none comes any more: what is open is complete."""
        lines, self._open, self._since_sign, self._is_slow = self._open, [], 0, False
        while lines:
            span = _span(lines)
            if span is None:
                break
            begin, end = span
            self._recent.extend(lines[:begin])
            self._found(CutTrace(tuple(lines[begin:end]), tuple(self._recent)))
            lines = lines[end:]
        self._recent.extend(lines)


def _span(lines: Sequence[PrintedLine]) -> tuple[int, int] | None:
    """The first line of the first trace in `lines`, and the one behind its last; None without a trace."""
    texts = [line.text for line in lines]
    whole = stacktrace.parse("\n".join(texts))
    if not whole.exceptions:
        return None
    said = _signature(whole)
    end = _least(len(lines), lambda count: _signature(stacktrace.parse("\n".join(texts[:count]))) == said)
    following = _span(lines[end:])
    most = _MOST_MESSAGE_LINES if following is None else following[0]
    _first, *message = (whole.exceptions[-1].value or "").split("\n")
    its_lines = frozenset(line.strip() for line in message if line.strip())
    for before, line in pairwise(lines[end - 1 : end + most]):
        if line.text.strip() not in its_lines or headings.is_logged(line.text) or _is_later(line, before):
            break
        end += 1
    return whole.line, end


def _is_later(line: PrintedLine, before: PrintedLine) -> bool:
    """Whether the program has paused between two lines: a message is printed at once."""
    return line.at is not None and before.at is not None and line.at - before.at > _AT_ONCE_SECONDS


def _least(most: int, is_enough: Callable[[int], bool]) -> int:
    """The least count of lines that is enough, found by halving: more are enough, too."""
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        if is_enough(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _signature(parsed: stacktrace.Parsed) -> Signature:
    """What a trace says, but for the later lines of messages: nobody knows where the last one ends."""
    return tuple(
        (raised.type, (raised.value or "").partition("\n")[0], raised.frames, raised.parent)
        for raised in parsed.exceptions
    )
