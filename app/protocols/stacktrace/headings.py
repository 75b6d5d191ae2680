"""Finds the heading of a stack trace: the line with type and message ("TypeError: x is undefined").

Above the calls there may be a log line, a message of several lines, and even another language's stack trace
that the message quotes. So the first line that is certainly a heading counts; the lines after it belong to
its message.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.frames import LONGEST_LINE

_FARTHEST = 200
# Written by a logger, not by an exception: begins with a time or a bracket, or names a level.
_LOGGED = re.compile(r"\s*(?:[\[\d]|.{0,200}\b(?:ERROR|WARN|WARNING|FATAL|CRITICAL|SEVERE|INFO|DEBUG)\b)")


def find(
    lines: Sequence[str], end: int, pattern: re.Pattern[str], start: int = 0
) -> tuple[int, re.Match[str]] | None:
    """Find the heading in ``lines[start:end]``: its index in `lines`, and the match; None without one.

    `pattern` must match from the exception's type to the end of the line.
    """
    numbers = range(max(start, end - _FARTHEST), end)
    readable = [n for n in numbers if len(lines[n]) <= LONGEST_LINE or n == end - 1]
    for n in readable:
        text = lines[n]
        match = pattern.match(text, len(text) - len(text.lstrip()))
        if match is not None:
            return n, match
    for n in readable:
        match = pattern.search(lines[n][: LONGEST_LINE * 2])
        if match is not None:
            return n, match
    return None


def is_logged(line: str) -> bool:
    """Whether `line` looks like the line of a log, rather than an exception's message."""
    return _LOGGED.match(line) is not None
