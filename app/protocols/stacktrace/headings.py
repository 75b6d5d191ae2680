"""Where an exception's own line stands ("TypeError: x is undefined"), above the calls of its stack trace.

What is above may be the line of a log, a message of several lines, and even another language's stack trace
that the message quotes. So the first line that is surely a heading counts; the rest belongs to its message.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.frames import LONGEST_LINE

_FARTHEST = 200
# Begins with a time or a bracket, or names a level: a logger wrote it, no exception.
_LOGGED = re.compile(r"\s*(?:[\[\d]|.{0,200}\b(?:ERROR|WARN|WARNING|FATAL|CRITICAL|SEVERE|INFO|DEBUG)\b)")


def find(
    lines: Sequence[str], end: int, sure: re.Pattern[str], start: int = 0
) -> tuple[int, re.Match[str]] | None:
    """The heading among ``lines[start:end]``: its line's number, and what `sure` matched there.

    `sure` has to match from the type of the exception to the end of the line.
    """
    numbers = range(max(start, end - _FARTHEST), end)
    readable = [n for n in numbers if len(lines[n]) <= LONGEST_LINE or n == end - 1]
    for n in readable:
        text = lines[n]
        match = sure.match(text, len(text) - len(text.lstrip()))
        if match is not None:
            return n, match
    for n in readable:
        match = sure.search(lines[n][: LONGEST_LINE * 2])
        if match is not None:
            return n, match
    return None


def is_logged(line: str) -> bool:
    """Whether `line` looks like the line of a log, rather than an exception's message."""
    return _LOGGED.match(line) is not None
