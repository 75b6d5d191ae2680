"""Crystal's: an exception with its class behind it, and `from` lines with columns.

    Unhandled exception: could not check out (ArgumentError)
      from shop.cr:10:3 in 'checkout'
      from /usr/share/crystal/src/crystal/main.cr:115:5 in 'main'
    Caused by: total is negative: -5 (Declined)
      from shop.cr:4:3 in 'charge'

See https://crystal-lang.org/reference/syntax_and_semantics/exception_handling.html.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, walk

SIGN = r"Unhandled\ exception(?:\ in\ spawn[^\n:]{0,100})?:\ | from\ [^\n]{1,500}:\d+:\d+\ in\ '"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_CALL = re.compile(
    r"\s+from (?P<path>\S[^\n]{0,500}?)(?::(?P<line>\d{1,9}):(?P<column>\d{1,9}))? in '(?P<name>[^\n]*)'\s*"
    r"|\s+from \?\?\?\s*"
)
_UNHANDLED = re.compile(r"(?:.*?\s)?Unhandled exception(?: in spawn(?:\(.*?\))?)?: (?P<value>.*)", re.DOTALL)
_CAUSED = re.compile(r"Caused by: (?P<value>.*)", re.DOTALL)
_NAMED = re.compile(r"(?P<value>.*) \((?P<type>[A-Z]\w*(?:::[A-Z]\w*)*(?:\(.*\))?)\)\s*", re.DOTALL)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first exception with calls."""
    for n in range(len(lines)):
        line = bounded(lines, n)
        unhandled = _UNHANDLED.fullmatch(line) if "Unhandled exception" in line else None
        if unhandled is not None and _calls_soon(lines, n + 1):
            column = max(line.find("Unhandled exception"), 0)
            return walk(lines, n + 1, _raised(unhandled["value"]), _GRAMMAR, column=column, finish=_name)
        if " from " in line and (call := _CALL.fullmatch(line)) is not None and call["line"]:
            above = bounded(lines, n - 1)
            if not above.strip():
                return walk(lines, n, ExceptionBuilder(), _GRAMMAR, first=n)
            column = after_log_prefix(above)
            return walk(lines, n, _raised(above[column:]), _GRAMMAR, first=n - 1, column=column)
    return None


def _calls_soon(lines: Sequence[str], start: int) -> bool:
    return any(_CALL.fullmatch(bounded(lines, n)) for n in range(start, min(start + 30, len(lines))))


def _raised(text: str) -> ExceptionBuilder:
    named = _NAMED.fullmatch(text)
    if named is None:
        return ExceptionBuilder(message=[text])
    return ExceptionBuilder(type=named["type"], message=[named["value"]])


def _caused(line: str) -> ExceptionBuilder | None:
    match = _CAUSED.fullmatch(line)
    return _raised(match["value"]) if match is not None else None


def _name(chain: Sequence[ExceptionBuilder]) -> None:
    """Take the class off the end of a message of several lines."""
    for raised in chain:
        named = _NAMED.fullmatch("\n".join(raised.message)) if raised.type is None else None
        if named is not None:
            raised.type, raised.message = named["type"], [named["value"]]


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _CALL.fullmatch(lines[n]) if " from " in lines[n] else None
    if match is None:
        return None
    if not match["name"]:
        return Call(None)
    line, column = match["line"], match["column"]
    return Call(
        native_frame(
            match["name"],
            match["path"] if line else None,
            int(line) if line else None,
            int(column) if column else None,
            image=None if line else match["path"],
            platform="crystal",
        )
    )


_GRAMMAR = Grammar(
    platform="crystal",
    call=_call,
    cause=_caused,
    another=re.compile(r"Unhandled exception(?: in spawn.*)?: "),
)
