"""The source that a runtime prints with the error of a process that dies, for the crash frame's context.

Node prints the line above the error, Bun several with their numbers, and Deno one below the message:

    /srv/shop/pay.js:3            2 | function pay() {              error: Uncaught Error: no card
      throw new Error("no card")  3 |   throw new Error("no card")    throw new Error("no card")
      ^                                   ^                               ^
                                  error: no card                        at file:///srv/shop/pay.js:3:9
    Error: no card
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import LONGEST_LINE, frame

_PLACE = re.compile(r"(?P<path>\S.*):(?P<line>\d{1,9})")
_MARKS = re.compile(r"\s*\^+\s*")
_NUMBERED = re.compile(r"\s*(?P<line>\d{1,9}) \| ?(?P<text>.*)", re.DOTALL)
_MOST_NUMBERED = 10


def take_below(raised: ExceptionBuilder) -> None:
    """Take the source line with marks below it, as Deno prints it, out of the message."""
    message, found = raised.message, raised.calls
    if len(message) < 3 or not found or found[0].line is None or found[0].context:
        return
    if message[-2].strip() and _is_marks(message[-1]):
        found[0] = replace(found[0], context=((found[0].line, message[-2].strip()),))
        del message[-2:]


def take_above(lines: Sequence[str], line: int, raised: ExceptionBuilder) -> int:
    """Use the source above the heading, which is line number `line`; returns the line where it begins."""
    if line >= 2 and _is_marks(lines[line - 1]):
        return _take_numbered(lines, line, raised)
    if line < 4 or lines[line - 1].strip() or not _is_marks(lines[line - 2]):
        return line
    match = _PLACE.fullmatch(lines[line - 4]) if len(lines[line - 4]) <= LONGEST_LINE else None
    if match is None:
        return line
    source = frame(
        "javascript",
        match["path"].removeprefix("file://"),
        int(match["line"]),
        context=lines[line - 3].strip(),
    )
    calls = raised.calls
    place = (source.filename, source.line)
    if calls and (calls[0].filename, calls[0].line) == place:
        calls[0] = replace(calls[0], context=source.context)
    elif raised.type == "SyntaxError":
        # A file that could not be compiled has no call in the stack.
        calls.insert(0, source)
    return line - 4


def _take_numbered(lines: Sequence[str], line: int, raised: ExceptionBuilder) -> int:
    begin = line - 1
    context: list[tuple[int, str]] = []
    while begin and len(context) < _MOST_NUMBERED and len(lines[begin - 1]) <= LONGEST_LINE:
        match = _NUMBERED.fullmatch(lines[begin - 1])
        if match is None or (context and int(match["line"]) != context[-1][0] - 1):
            break
        context.append((int(match["line"]), match["text"]))
        begin -= 1
    calls = raised.calls
    if not context or not calls or calls[0].line != context[0][0]:
        return line
    calls[0] = replace(calls[0], context=tuple(reversed(context)))
    return begin


def _is_marks(line: str) -> bool:
    return _MARKS.fullmatch(line[:LONGEST_LINE]) is not None
