"""Haskell's: a message with its `CallStack`, as GHC's programs print it.

    shop: total is negative: -5
    CallStack (from HasCallStack):
      error, called at app/Till.hs:4:40 in main:Till
      charge, called at app/Main.hs:6:29 in main:Main

A line names what was called, and the place that called it. See
https://hackage.haskell.org/package/base/docs/GHC-Stack.html.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, message_start, walk

SIGN = r"CallStack\ \(from\ | HasCallStack\ backtrace: | ,\ called\ at\ \S"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(
    r"\s*(?P<name>[^\s,]+), called at (?P<path>\S[^\n:]*):(?P<line>\d{1,9}):(?P<column>\d{1,9})(?: in "
    r"(?P<package>[^:\s]+):(?P<module>\S+))?\s*"
)
_MARK = re.compile(
    r"\s*(?:CallStack \(from (?:HasCallStack|-prof|ImplicitParams)\)|HasCallStack backtrace|Backtraces?):\s*"
)
_PROGRAM = re.compile(r"(?P<program>[\w./\\-]{1,200}): (?P<value>.*)", re.DOTALL)
_RAISING = frozenset(("error", "undefined", "errorWithoutStackTrace"))
_LIBRARY = re.compile(
    r"base|ghc-\w+|containers|text|bytestring|vector|transformers|mtl|unordered-containers|aeson"
)
_VERSION = re.compile(r"-[\d.]+(?:-\w+)?$")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first call stack and the message above it."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        is_mark = _MARK.fullmatch(line) is not None
        if not (is_mark or ", called at " in line) or not _CALL.fullmatch(bounded(lines, n + is_mark)):
            continue
        first = message_start(lines, n)
        first = next((m for m in range(first, n) if _PROGRAM.fullmatch(bounded(lines, m))), first)
        raised, column = ExceptionBuilder(), 0
        if first < n:
            column = after_log_prefix(lines[first])
            program = _PROGRAM.fullmatch(lines[first], column)
            raised.message = [
                program["value"] if program is not None else lines[first][column:],
                *lines[first + 1 : n],
            ]
        return walk(lines, n + is_mark, raised, _GRAMMAR, first=first, column=column, finish=_name_callers)
    return None


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _CALL.fullmatch(lines[n]) if ", called at " in lines[n] else None
    if match is None:
        return None
    made = frame(
        "haskell",
        match["path"],
        int(match["line"]),
        int(match["column"]),
        module=match["module"],
        function=match["name"],
    )
    package = _VERSION.sub("", match["package"] or "")
    return Call(replace(made, in_app=False) if _LIBRARY.fullmatch(package) else made)


def _name_callers(chain: Sequence[ExceptionBuilder]) -> None:
    """Give each place the function that it is in, which the next older call names."""
    for raised in chain:
        calls = raised.calls
        if calls and calls[0].function in _RAISING:
            raised.type = "ErrorCall"
        named = [replace(newer, function=older.function) for newer, older in pairwise(calls)]
        raised.calls = [*named, *(replace(call, function=None) for call in calls[-1:])]


_GRAMMAR = Grammar(platform="haskell", call=_call, known=_MARK, another=re.compile(r"CallStack \(from "))
