"""Nim's: the calls, oldest first, and the exception below them.

    Traceback (most recent call last)
    /srv/shop/shop.nim(7) shop
    /srv/shop/till.nim(3) charge
    Error: unhandled exception: total is negative: -5 [Declined]

See https://nim-lang.org/docs/manual.html (exceptions) and `getStackTrace`.
"""

import re
from collections.abc import Sequence

from app.model import Frame
from app.protocols.stacktrace.exception_builder import ExceptionBuilder, flatten
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import bounded

SIGN = r"\.nims?\(\d | Error:\ unhandled\ exception:\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(
    r"\s*(?P<path>\S[^\n()]*?\.nims?)\((?P<line>\d{1,9})(?:, (?P<column>\d{1,9}))?\)\s+(?P<name>[^\s:]+"
    r"(?: \(.*\))?)\s*"
)
_RAISED = "Error: unhandled exception: "
_PLACE_BEFORE = re.compile(r"\s*\S[^\n()]{0,500}\.nims?\(\d{1,9}(?:, \d{1,9})?\) ")
_TYPE = re.compile(r"(?P<value>.*?)\s?\[(?P<type>[A-Za-z_]\w*)\]\s*", re.DOTALL)
_MARK = re.compile(r"\s*Traceback \(most recent call last\):?\s*|\[\[reraised from:|\]\]")
_MOST_MESSAGE = 30


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first calls with the exception below them, or an exception without calls."""
    first = next(
        (
            n
            for n in range(len(lines))
            if _CALL.fullmatch(bounded(lines, n)) or _raised(bounded(lines, n)) is not None
        ),
        None,
    )
    return _trace(lines, first) if first is not None else None


def _trace(lines: Sequence[str], first: int) -> LocatedTrace | None:
    raised = ExceptionBuilder()
    calls: list[Frame] = []
    unread, n = 0, first
    is_raised = False
    while n < len(lines):
        line = bounded(lines, n)
        match = _CALL.fullmatch(line)
        error = _raised(line) if match is None and not is_raised else None
        if error is not None:
            is_raised = True
            n = _take_message(lines, n, error, raised)
        elif match is not None and not is_raised:
            calls.append(_frame(match))
        elif line.strip() and not _MARK.fullmatch(line.strip()):
            unread += 1
        n += 1
    if not calls and not is_raised:
        return None
    raised.calls = calls[::-1]
    above = first and _MARK.fullmatch(bounded(lines, first - 1)) is not None and lines[first - 1].strip()
    return LocatedTrace(
        platform="nim", exceptions=flatten(raised), line=first - 1 if above else first, unread=unread
    )


def _raised(line: str) -> str | None:
    """The message and the type behind it, where the line says that an exception was raised."""
    before, found, value = line.partition(_RAISED)
    if not found or (before.strip() and _PLACE_BEFORE.fullmatch(before) is None):
        return None
    return value


def _take_message(lines: Sequence[str], n: int, value: str, raised: ExceptionBuilder) -> int:
    """Take a message up to the type in brackets, which may stand some lines below; returns its last line."""
    message = [value]
    for end in range(n, min(n + _MOST_MESSAGE, len(lines))):
        if end > n:
            message.append(lines[end])
        match = _TYPE.fullmatch("\n".join(message)) if message[-1].rstrip().endswith("]") else None
        if match is not None:
            raised.type, raised.message = match["type"], [match["value"]]
            return end
    raised.message = [value]
    return n


def _frame(call: re.Match[str]) -> Frame:
    column = int(call["column"]) if call["column"] else None
    return native_frame(call["name"], call["path"], int(call["line"]), column, platform="nim")
