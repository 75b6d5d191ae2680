"""The exceptions of an entry and their frames.

An error holds its cause, and that one the next. Frames come newest call first, but from Python oldest first,
with the line of source where others have the function's name, and that name where they have the class
(docs/protocols.md, sections 3 and 4).
"""

import re
from typing import Any

from msgspec import Struct

from app.model import ExceptionInfo, Frame, Thread
from app.protocols import stacktrace
from app.protocols.event import dotnet_names, in_app, source_lines
from app.protocols.event.error_or_message import ErrorOrMessage
from app.protocols.raygun import schema
from app.protocols.wire import fitting, name_case
from app.protocols.wire.notes import Notes

PYTHON = "raygun4py"
NODE = "raygun-node"
_DEEPEST = 50
_MOST = 200
_LOGGER = re.compile(r"Logger \((.*)\)", re.DOTALL)
_ANONYMOUS = frozenset(("", "[anonymous]", "UnknownMethod"))
# Platforms with classes: elsewhere the name is that of JavaScript's constructor, or only a word.
_WITH_CLASSES = frozenset(("csharp", "java", "ruby", "php"))


class _ErrorNode(Struct, frozen=True):
    """One error of the tree, and the index of the one that holds it."""

    error: schema.RaygunError
    parent: int | None


def find(value: Any, client: str, platform: str | None, notes: Notes) -> ErrorOrMessage:
    """The chain, cause first, and the raised one last."""
    if value is None:
        return ErrorOrMessage()
    nodes = _tree(value, notes)
    raised = nodes[0].error
    logger = _LOGGER.fullmatch(raised.class_name or "") if client == PYTHON else None
    if len(nodes) == 1 and (logger or _is_text(raised, client)):
        frames = _frames(raised, client, platform, notes)
        threads = (Thread(current=True, frames=frames),) if frames else ()
        return ErrorOrMessage(threads=threads, message=raised.message, logger=logger[1] if logger else None)
    last = len(nodes) - 1
    is_tree = any(one.parent not in (None, n - 1) for n, one in enumerate(nodes))
    exceptions = [
        ExceptionInfo(
            type=one.error.class_name or None,
            value=_value(one.error, client),
            parent=last - one.parent if is_tree and one.parent is not None else None,
            frames=_frames(one.error, client, platform, notes),
        )
        for one in reversed(nodes)
    ]
    return ErrorOrMessage(exceptions=tuple(exceptions))


def _tree(value: Any, notes: Notes) -> list[_ErrorNode]:
    """The errors, the raised one first; those too deep or too many are kept as they came."""
    nodes: list[_ErrorNode] = []
    waiting: list[tuple[Any, str, int | None, int]] = [(value, "error", None, 0)]
    while waiting:
        item, place, parent, depth = waiting.pop(0)
        if item is None:
            continue
        if depth == _DEEPEST or len(nodes) == _MOST or not isinstance(item, dict):
            if not isinstance(item, dict):
                notes.problem(f"{place} should be an object; it is kept in extra.")
            notes.keep(place, item)
            continue
        error = fitting.fit(
            name_case.renamed(item, schema.RaygunError), schema.RaygunError, f"{place}.", notes
        )
        _keep_left_over(error, place, notes)
        nodes.append(_ErrorNode(error, parent))
        own = len(nodes) - 1
        inner = [error.inner_error] if error.inner_error is not None else []
        inner += [part for part in error.inner_errors or () if part not in inner]
        for n, part in enumerate(inner):
            waiting.append((part, f"{place}.innerError" + (f".{n}" if n else ""), own, depth + 1))
    return nodes or [_ErrorNode(schema.RaygunError(), None)]


def _keep_left_over(error: schema.RaygunError, place: str, notes: Notes) -> None:
    """Keep the module's global variables, which Python's client sends, and an exception's own data."""
    for name, part in (("globalVariables", error.global_variables), ("data", error.data)):
        if part not in (None, "", {}, []):
            notes.keep(f"{place}.{name}", part)


def _is_text(error: schema.RaygunError, client: str) -> bool:
    """A text that was sent has no class in browsers; Node's client gives it one, but no stack."""
    return not error.class_name or (client == NODE and error.class_name == "Error" and not error.stack_trace)


def _value(error: schema.RaygunError, client: str) -> str | None:
    """The message; Python's client puts the type before it."""
    if client != PYTHON or not error.message or not error.class_name:
        return error.message
    return error.message.removeprefix(f"{error.class_name}: ")


def _frames(error: schema.RaygunError, client: str, platform: str | None, notes: Notes) -> tuple[Frame, ...]:
    wires = error.stack_trace or []
    if client == PYTHON:
        swapped = error.class_name is None or any(wire.class_name != error.class_name for wire in wires)
        return tuple(_python_frame(wire) if swapped else _frame(wire, platform) for wire in wires)
    frames = tuple(_frame(wire, platform) for wire in reversed(wires))
    if error.stack_string and not frames:
        frames = stacktrace.read(error.stack_string, platform, notes, "error.stackString").frames
        if not frames:
            notes.keep("error.stackString", error.stack_string)
    return frames


def _python_frame(wire: schema.RaygunFrame) -> Frame:
    source = wire.method_name.rstrip("\r\n") if wire.method_name is not None else None
    return Frame(
        filename=wire.file_name,
        abs_path=wire.file_name,
        function=wire.class_name,
        line=wire.line_number,
        in_app=in_app.is_in_app_code(wire.file_name, None, wire.class_name, "python"),
        context=source_lines.around(wire.line_number, None, source, None),
        vars=wire.local_variables or {},
    )


def _frame(wire: schema.RaygunFrame, platform: str | None) -> Frame:
    module = wire.class_name if platform in _WITH_CLASSES else None
    function = None if wire.method_name in _ANONYMOUS else wire.method_name
    if platform == "csharp":
        module, function = dotnet_names.demangled(module, function)
    return Frame(
        filename=wire.file_name,
        abs_path=wire.file_name,
        module=module or None,
        function=function,
        line=wire.line_number,
        column=wire.column_number,
        in_app=in_app.is_in_app_code(wire.file_name, module, function, platform),
        vars=wire.local_variables or {},
    )
