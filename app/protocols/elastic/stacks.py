"""Exceptions with their causes and frames, and the place of a log record.

Frames run newest first, but for the exceptions of the Python agent; a cause stands inside what it caused
(docs/protocols.md, section 4).
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from app import exception_tree
from app.model import ExceptionInfo, Frame, Thread
from app.protocols.elastic import rum, schema
from app.protocols.event import dotnet_names, event_builder, source_lines
from app.protocols.event.in_app import is_in_app_code
from app.protocols.wire.notes import Notes

# Their exceptions are named with their package.
_QUALIFIED = frozenset(("java", "csharp"))


class AgentInfo(Struct, frozen=True):
    """The agent that sent the record: its name, and its platform in Sentry's words."""

    name: str | None
    platform: str | None


def exceptions(
    wire: schema.ElasticExceptionValue | None, agent: AgentInfo, notes: Notes
) -> tuple[ExceptionInfo, ...]:
    """The chain, causes first; of several causes each one's `parent` is the index of what they caused."""
    if wire is None or not (wire.type or wire.message or wire.stacktrace or wire.cause):
        return ()
    found: list[ExceptionInfo] = []
    _add(wire, agent, notes, "exception", found)
    return tuple(found)


def _add(
    wire: schema.ElasticExceptionValue, agent: AgentInfo, notes: Notes, path: str, found: list[ExceptionInfo]
) -> None:
    own = _raised(wire, agent, notes, path)
    causes = wire.cause or []
    roots = []
    for n, cause in reversed([*enumerate(causes)]):
        start = len(found)
        _add(cause, agent, notes, f"{path}.cause.{n}", found)
        if len(causes) > 1:
            exception_tree.name_causes(found, start)
        roots.append(len(found) - 1)
    if len(causes) > 1:
        for root in roots:
            found[root] = replace(found[root], parent=len(found))
    found.append(own)


def _raised(wire: schema.ElasticExceptionValue, agent: AgentInfo, notes: Notes, path: str) -> ExceptionInfo:
    kind, value, module, handled = wire.type or None, wire.message, wire.module, wire.handled
    if agent.name in rum.AGENTS:
        kind, value, caught = rum.worded(kind, value, has_frames=bool(wire.stacktrace))
        handled = caught if handled is None else handled
    elif agent.platform == "python":
        value = _without_type(value, kind)
        handled = False if _was_only_passed_on(wire.stacktrace) else handled
    elif module is None and kind and agent.platform in _QUALIFIED:
        module, _dot, kind = kind.rpartition(".")
    if wire.code is not None:
        notes.keep(f"{path}.code", wire.code)
    attributes = {
        name: part for name, part in (wire.attributes or {}).items() if (name, part) != ("name", kind)
    }
    if attributes:
        notes.keep(f"{path}.attributes", attributes)
    newest_first = agent.platform != "python"
    is_outermost = path == "exception"
    return ExceptionInfo(
        type=kind,
        value=value or None,
        module=module or None,
        mechanism=event_builder.mechanism("elastic", handled)
        if is_outermost or handled is not None
        else None,
        frames=frames(wire.stacktrace, agent, notes, f"{path}.stacktrace", newest_first=newest_first),
    )


def _was_only_passed_on(stacktrace: Sequence[schema.ElasticFrame] | None) -> bool:
    """Whether only the agent caught it: its middleware for Starlette does, and reports it as handled."""
    return any((frame.module or "").startswith("elasticapm.") for frame in (stacktrace or ())[:1])


def _without_type(message: str | None, kind: str | None) -> str | None:
    """The Python agent writes ``KeyError: 'basic'`` for what Python calls ``'basic'``."""
    if message is None or kind is None or message == kind:
        return None if message == kind else message
    return message.removeprefix(f"{kind}: ")


def threads(wire: schema.Log | None, agent: AgentInfo, notes: Notes) -> tuple[Thread, ...]:
    """Where a record was logged; every agent sends that newest first."""
    if wire is None or not wire.stacktrace:
        return ()
    calls = frames(wire.stacktrace, agent, notes, "log.stacktrace", newest_first=True)
    return (Thread(current=True, frames=calls),)


def frames(
    wire: Sequence[schema.ElasticFrame] | None,
    agent: AgentInfo,
    notes: Notes,
    path: str,
    *,
    newest_first: bool,
) -> tuple[Frame, ...]:
    """The calls, oldest first."""
    calls = [_frame(frame, agent, notes, f"{path}.{n}") for n, frame in enumerate(wire or ())]
    return tuple(reversed(calls) if newest_first else calls)


def _frame(wire: schema.ElasticFrame, agent: AgentInfo, notes: Notes, path: str) -> Frame:
    module = wire.classname or wire.module
    if wire.classname and wire.module:
        notes.keep(f"{path}.module", wire.module)
    if wire.context_line is not None and wire.lineno is None:
        lines = [*(wire.pre_context or ()), wire.context_line, *(wire.post_context or ())]
        notes.keep(f"{path}.source", lines)
    if wire.library_frame is None:
        place = wire.abs_path or wire.filename
        in_app = is_in_app_code(place, module, wire.function, agent.platform)
    else:
        in_app = not wire.library_frame
    function = wire.function
    if agent.platform == "csharp":
        module, function = dotnet_names.demangled(module, function)
    return Frame(
        filename=wire.filename,
        abs_path=wire.abs_path,
        module=module,
        function=function,
        line=wire.lineno,
        column=wire.colno,
        in_app=in_app,
        context=source_lines.around(wire.lineno, wire.pre_context, wire.context_line, wire.post_context),
        vars=wire.vars or {},
    )
