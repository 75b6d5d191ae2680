"""Godot's: an error of a script, with its place, and since 4.5 with the calls below it.

    SCRIPT ERROR: Invalid access to property 'total' on a base object of type 'Nil'.
       at: charge (res://till.gd:5)
       GDScript backtrace (most recent call first):
           [0] charge (res://till.gd:5)
           [1] _ready (res://shop.gd:9)

See https://docs.godotengine.org/en/stable/tutorials/scripting/logging.html.
"""

import re
from collections.abc import Sequence

from app.protocols.stacktrace.exception_builder import ExceptionBuilder
from app.protocols.stacktrace.frames import frame
from app.protocols.stacktrace.located_trace import LocatedTrace
from app.protocols.stacktrace.walk import Call, Grammar, bounded, walk

SIGN = r"\(res://[^()\n]{1,300}:\d{1,9}\)"
"""What every text with such a trace matches (`re.VERBOSE`, `re.MULTILINE`)."""

_HEADING = re.compile(r"(?P<type>(?:SCRIPT |USER (?:SCRIPT )?)?ERROR|USER WARNING): (?P<value>.*)", re.DOTALL)
_CALL = re.compile(
    r"\s*(?:\[\d{1,5}\]|at:|\d{1,5} -) (?P<name>[^\s()]{1,300}) \((?P<path>res://[^()\n]{1,300}):(?P<line>\d{1,9})\)\s*"
)
_AT = re.compile(r"\s*at: .*")
_KNOWN = re.compile(r"\s*GDScript backtrace .*")
_ANOTHER = re.compile(r"^(?:SCRIPT |USER )?(?:ERROR|WARNING): ")


def find(lines: Sequence[str]) -> LocatedTrace | None:
    """The first error with a place in a script of the game."""
    for n in range(len(lines)):
        heading = _HEADING.search(bounded(lines, n)) if "ERROR: " in lines[n] else None
        if heading is not None and any(
            _CALL.fullmatch(bounded(lines, m)) for m in range(n + 1, min(n + 10, len(lines)))
        ):
            raised = ExceptionBuilder(type=heading["type"], message=[heading["value"]])
            return walk(lines, n + 1, raised, _GRAMMAR, column=heading.start())
    return None


def _call(lines: Sequence[str], n: int) -> Call | None:
    match = _CALL.fullmatch(lines[n])
    if match is None:
        return Call(None) if _AT.fullmatch(lines[n]) else None
    if _AT.fullmatch(lines[n]) and any("backtrace" in bounded(lines, m) for m in (n + 1, n + 2)):
        return Call(None)  # the first of the calls below it
    return Call(frame("gdscript", match["path"], int(match["line"]), function=match["name"]))


_GRAMMAR = Grammar(platform="gdscript", call=_call, known=_KNOWN, another=_ANOTHER)
