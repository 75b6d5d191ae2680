"""Finds the heading of a stack trace: the line with type and message ("TypeError: x is undefined").

Above the calls there may be a log line, a message of several lines, and even another language's stack trace
that the message quotes. So the first line that is certainly a heading counts; the lines after it belong to
its message.
"""

import re
from collections.abc import Callable, Sequence

from app.protocols.stacktrace.frames import LONGEST_LINE

_FARTHEST = 200
_LONGEST_MESSAGE = 50
# Written by a logger, not by an exception: begins with a time or a bracket, or names a level.
_LOGGED = re.compile(r"\s*(?:[\[\d]|.{0,200}\b(?:ERROR|WARN|WARNING|FATAL|CRITICAL|SEVERE|INFO|DEBUG)\b)")

# How runtimes introduce what nobody caught.
_UNCAUGHT = re.compile(r"\s*(?:Unhandled|Uncaught|PHP Fatal|Fatal)\b", re.IGNORECASE)


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


def begins_another(
    lines: Sequence[str], n: int, pattern: re.Pattern[str], is_call: Callable[[str], bool]
) -> bool:
    """Whether line `n`, behind the calls of a trace, begins another one.

    It has a certain heading, alone or behind a logger's prefix, and calls come before the next such heading.
    Any other line is only one that is not understood: the calls below it are still those of the first trace.
    """
    if not _has_heading(lines[n], pattern):
        return False
    for m in range(n + 1, min(n + 1 + _LONGEST_MESSAGE, len(lines))):
        if is_call(lines[m]):
            return True
        if _has_heading(lines[m], pattern):
            return False
    return False


def _has_heading(line: str, pattern: re.Pattern[str]) -> bool:
    if len(line) > LONGEST_LINE:
        return False
    if pattern.match(line, len(line) - len(line.lstrip())) is not None:
        return True
    return (is_logged(line) or _UNCAUGHT.match(line) is not None) and pattern.search(line) is not None
