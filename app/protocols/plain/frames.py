"""Stacks that come as lists: of objects with any names, of lines, or of ``file:line``."""

import re
from collections.abc import Sequence
from typing import Any

from app.model import Frame
from app.protocols import stacktrace
from app.protocols.event import dotnet_names, in_app, source_lines
from app.protocols.plain import field_names
from app.protocols.wire.notes import Notes

_PLACE = re.compile(r"(?P<file>[^\n]{1,1000}?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?")
_METHOD = tuple("function functionname funcname func methodname method name".split())
_MODULE = tuple("module modulename class classname declaringtype package namespace".split())
_VARS = tuple("locals vars localvariables variables".split())
_SOURCE = tuple("contextline code codeline sourceline".split())
# Python's own word for a line: what a library of Python's has written down runs as a traceback does.
_OLDEST_FIRST = frozenset(("lineno", "excname"))
_MOST = 1000


def read(stack: Sequence[Any], platform: str | None, notes: Notes) -> tuple[Frame, ...]:
    """The frames, oldest call first. Nothing where the list is no stack.

    Lists of lines are read as text. Everybody but Python writes the newest call first.
    """
    if all(isinstance(item, str) for item in stack):
        return _from_lines([str(item) for item in stack], platform, notes)
    objects = [item for item in stack[:_MOST] if isinstance(item, dict)]
    frames = tuple(frame for item in objects if (frame := _frame(item, platform)) is not None)
    is_python = platform == "python" or any(_OLDEST_FIRST & item.keys() for item in objects)
    return frames if is_python else frames[::-1]


def place(text: str) -> Frame | None:
    """The frame at ``file:line``, or ``file:line:column``."""
    match = _PLACE.fullmatch(text.strip())
    if match is None:
        return None
    return Frame(
        filename=match["file"],
        line=int(match["line"]),
        column=int(match["column"]) if match["column"] else None,
        in_app=in_app.is_in_app(match["file"]),
    )


def _from_lines(lines: list[str], platform: str | None, notes: Notes) -> tuple[Frame, ...]:
    parsed = stacktrace.read("\n".join(lines), platform, notes, "stack").frames
    if parsed:
        return parsed
    places = [frame for line in lines[:_MOST] if (frame := place(line)) is not None]
    return tuple(reversed(places))


def _frame(item: dict[str, Any], platform: str | None) -> Frame | None:
    fields = field_names.Fields(item)
    file = fields.text(field_names.FILE)
    line, column = fields.whole(field_names.LINE), fields.whole(field_names.COLUMN)
    module, function = fields.text(_MODULE), fields.text(_METHOD)
    if file is None and function is None and module is None:
        return None
    found = place(file) if file is not None and line is None else None
    if found is not None:
        file, line, column = found.filename, found.line, found.column
    if platform == "csharp":
        module, function = dotnet_names.demangled(module, function)
    own = fields.text(_SOURCE)
    local = fields.take(_VARS, dict)
    return Frame(
        filename=file,
        module=module,
        function=function,
        line=line,
        column=column,
        in_app=in_app.is_in_app_code(file, module, function, platform),
        context=source_lines.around(line, None, own, None),
        vars={str(name): value for name, value in (local or {}).items()},
    )
