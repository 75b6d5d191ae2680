"""Tcl's `errorInfo`: the message, and how the command that failed was called.

    total is negative: -5
        while executing
    "error "total is negative: $total""
        (procedure "charge" line 2)
        invoked from within
    "charge $t"
        (file "shop.tcl" line 9)

A procedure's lines count from its first. See https://www.tcl-lang.org/man/tcl8.6/TclCmd/error.htm.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, after_log_prefix, bounded, message_start, walk

SIGN = r"^\ {4}(?:while\ executing|invoked\ from\ within|while\ compiling)$"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_MARK = re.compile(r"    (?:while (?:executing|compiling)|invoked from within)\s*")
_CALL = re.compile(
    r"""\s+\((?P<kind>procedure|file|class|object|method|constructor|destructor)?\s?
        "(?P<name>[^"\n]+)"(?:\ [a-z]+\ "(?P<method>[^"\n]+)")?\ (?:body\ )?line\ (?P<line>\d{1,9})\)\s*
    """,
    re.VERBOSE,
)
_KNOWN = re.compile(r'    (?:while (?:executing|compiling)|invoked from within)\s*|".*|.*"\s*|\s+\(.*\)\s*')


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first message that a command follows."""
    mark = next((n for n in range(len(lines)) if _MARK.fullmatch(bounded(lines, n))), None)
    if mark is None or not any(bounded(lines, mark + k).startswith('"') for k in (1, 2)):
        return None
    first = message_start(lines, mark)
    column = after_log_prefix(lines[first]) if first < mark else 0
    message = [lines[first][column:], *lines[first + 1 : mark]] if first < mark else []
    return walk(lines, mark, ExceptionBuilder(message=message), _GRAMMAR, first=first, column=column)


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _CALL.fullmatch(lines[n])
    if match is None:
        return Call(None) if _MARK.fullmatch(lines[n]) else None
    line = int(match["line"])
    if match["kind"] == "file":
        return Call(frame("tcl", match["name"], line))
    name = f"{match['name']} {match['method']}" if match["method"] else match["name"]
    return Call(frame("tcl", None, line, function=name))


_GRAMMAR = Grammar(platform="tcl", call=_call, known=_KNOWN)
