"""Whether a line of a log holds a stack trace, wherever its logger put it: then it is of an error.

Its level does not matter: what an app logs as information with a trace is what somebody looks for. Names
alone do not count: ``trace`` is mostly the id of a trace, and ``stack`` the name of a deployment.
"""

from typing import Any

from app.protocols import stacktrace
from app.protocols.plain import field_names, frames
from app.protocols.wire.notes import Notes

_DEEPEST = 4
_MOST = 200


def text_holds_trace(text: str) -> bool:
    """Whether a text holds a stack trace with calls."""
    return any(raised.frames for raised in stacktrace.parse(text).exceptions)


def holds_trace(values: Any, depth: int = _DEEPEST) -> bool:
    """Whether the fields of a line, or those in an object among them, hold a stack trace. Raises nothing."""
    if isinstance(values, dict):
        parts = [*values.items()][:_MOST]
        return any(_part_holds(name, part, depth) for name, part in parts)
    if isinstance(values, list) and depth:
        return any(holds_trace(item, depth - 1) for item in values[:_MOST])
    return False


def _part_holds(name: str, part: Any, depth: int) -> bool:
    is_stack = field_names.plain(name) in field_names.STACK
    if isinstance(part, str):
        return ("\n" in part or is_stack) and text_holds_trace(part)
    if is_stack and isinstance(part, list):
        return _list_holds(part)
    return depth > 0 and holds_trace(part, depth - 1)


def _list_holds(stack: list[Any]) -> bool:
    """Whether a list is of calls, as lines or as objects."""
    if all(isinstance(line, str) for line in stack):
        return text_holds_trace("\n".join(stack))
    return any(frame.filename and frame.line is not None for frame in frames.read(stack, None, Notes()))
