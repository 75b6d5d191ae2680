"""Zig's: panics and the traces of returned errors, each call with its source below it.

    thread 1234 panic: index out of bounds: index 5, len 3
    /srv/shop/main.zig:5:15: 0x1034b1e in charge (shop)
        return totals[n];
                  ^
    error: FileNotFound
    /usr/lib/zig/std/fs.zig:120:5: 0x10353 in openFile (shop)

See https://ziglang.org/documentation/master/#Error-Return-Traces.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.native.places import native_frame
from app.protocols.stacktrace.walk import Call, Grammar, bounded, walk

SIGN = r":\d+:\d+:\ 0x[0-9a-f]+\ in\ "
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_HEADING = re.compile(
    r"(?:thread \d+ )?(?P<type>panic|error): (?P<value>.*)|(?P<fault>Segmentation fault"
    r"|Illegal instruction|General protection exception|Bus error|Arithmetic exception)(?P<rest>.*)",
    re.DOTALL,
)
_CALL = re.compile(
    r"(?P<path>[^\s:][^\n:]*):(?P<line>[\d?]{1,9}):(?P<column>[\d?]{1,9}): 0x[0-9a-f]+ in "
    r"(?P<name>\S.*?) \((?P<image>[^()\n]*)\)\s*"
)
_MARKS = re.compile(r"\s+\^\s*")
_KNOWN = re.compile(
    r"\s+\^\s*|\s*\.\.\.\s*|.*unable to dump stack trace.*|error return context:\s*|stack trace:\s*"
)


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first trace, and the panic or error above it."""
    first = next(
        (n for n in range(len(lines)) if " in " in lines[n] and _CALL.fullmatch(bounded(lines, n))), None
    )
    if first is None:
        return None
    for n in range(first - 1, max(-1, first - 20), -1):
        heading = _HEADING.search(bounded(lines, n))
        if heading is not None:
            value = heading["value"] if heading["type"] else (heading["rest"] or "").strip()
            raised = ExceptionBuilder(type=heading["type"] or heading["fault"], message=[value])
            if raised.type == "error" and re.fullmatch(r"\w+", value):
                raised.type, raised.message = value, []
            return walk(lines, n + 1, raised, _GRAMMAR, column=heading.start())
    return walk(lines, first, ExceptionBuilder(), _GRAMMAR, first=first)


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _CALL.fullmatch(lines[n]) if " in " in lines[n] else None
    if match is None:
        return None
    line = int(match["line"]) if match["line"].isdigit() else None
    column = int(match["column"]) if match["column"].isdigit() else None
    path = match["path"] if match["path"] != "???" else None
    name = match["name"] if match["name"] != "???" else None
    has_source = bounded(lines, n + 1)[:1].isspace() and _MARKS.fullmatch(bounded(lines, n + 2)) is not None
    made = native_frame(name, path, line, column, platform="zig", image=None)
    return Call(made, 3 if has_source else 1)


_GRAMMAR = Grammar(
    platform="zig", call=_call, known=_KNOWN, another=re.compile(r"^(?:thread \d+ )?panic: |^error: \w+$")
)
