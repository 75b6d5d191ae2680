"""The exceptions of a notice and their frames; or its message, where nothing was raised.

Every client but one sends the newest call first, and all send the raised exception before its causes
(docs/protocols.md, section 4). A message, and a logger's record, come as an error that was never raised.
"""

import builtins
import re
from collections.abc import Sequence

from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, Thread
from app.protocols.airbrake import schema
from app.protocols.event import dotnet_names, event_builder, in_app, project_paths, source_lines
from app.protocols.event.error_or_message import ErrorOrMessage

# The older client of Python: frames run oldest first, and its messages begin with the type.
OLD_PYTHON = "airbrake-python"
OLD_NODE = "node-airbrake"
_NOWHERE = "N/A"
# What that client calls an error that is none.
_RECORD = frozenset(("Record", "Error"))
_LOGGED = re.compile(r"(?:DEBUG|INFO|NOTICE|WARNING|ERROR|CRITICAL|ALERT|EMERG\w*):.*")
_FORMAT = re.compile(r"%(?:\(\w+\))?[-+ #0]*[\d*]*(?:\.[\d*]+)?[a-zA-Z%]")
_LONGEST_PATTERN = 1000
# The client's own code, wherever a bundler has put it.
_CLIENT = re.compile(r"(?:Base)?Notifier\d*\.notify")


def find(
    notice: schema.AirbrakeNotice, context: schema.AirbrakeContext, client: str, platform: str | None
) -> ErrorOrMessage:
    """The chain, cause first; its last exception says whether it was caught, if the client does."""
    errors = [error for error in notice.errors or () if error.type or error.message or error.backtrace]
    if not errors:
        return ErrorOrMessage()
    raised = errors[0]
    if len(errors) == 1 and _is_message(raised, context, client):
        frames = _frames(raised, context, client, platform)
        threads = (Thread(current=True, frames=frames),) if frames else ()
        logger = raised.type if context.message_pattern else None
        return ErrorOrMessage(threads=threads, message=raised.message, logger=logger)
    chain = [_exception(error, context, client, platform) for error in reversed(errors)]
    name = (notice.environment or {}).get("err.name") if isinstance(notice.environment, dict) else None
    if client == OLD_NODE and raised.type == "Error" and isinstance(name, str) and name:
        # That client takes the name from the wrong property.
        chain[-1] = replace(chain[-1], type=name)
    return ErrorOrMessage(exceptions=(*chain[:-1], _as_caught(chain[-1], context, client)))


def _as_caught(raised: ExceptionInfo, context: schema.AirbrakeContext, client: str) -> ExceptionInfo:
    """The exception with its mechanism. Express passes its error handler what nothing had caught."""
    by_express = context.component == "express" and client.startswith("airbrake-js")
    handled = False if context.window_error or context.unhandled_rejection or by_express else None
    said = {"window_error": context.window_error, "unhandled_rejection": context.unhandled_rejection}
    return ExceptionInfo(
        type=raised.type,
        value=raised.value,
        module=raised.module,
        mechanism=event_builder.mechanism("airbrake", handled, **said),
        frames=raised.frames,
    )


def _is_message(error: schema.AirbrakeError, context: schema.AirbrakeContext, client: str) -> bool:
    """Whether it is a message, and nothing was raised. Only Python's newer client makes this hard to know."""
    if not error.type:
        return True
    frames = error.backtrace or []
    if client == OLD_PYTHON:
        nowhere = len(frames) == 1 and frames[0].file == _NOWHERE
        return (error.type in _RECORD and nowhere) or _LOGGED.fullmatch(error.type) is not None
    # pybrake's log record has the logger's name for a type, and one frame, in the module it was logged in.
    return (
        context.message_pattern is not None
        and len(frames) == 1
        and _stem(frames[0].file) == context.component
        and not hasattr(builtins, error.type)
        and _fits(error.message or "", context.message_pattern)
    )


def _stem(file: str | None) -> str:
    return re.split(r"[/\\]", file or "")[-1].removesuffix(".py")


def _fits(message: str, pattern: str) -> bool:
    """Whether `message` may be `pattern` filled in: it has the fixed parts of `pattern`, in their order."""
    parts = _FORMAT.split(pattern[:_LONGEST_PATTERN])
    if len(parts) == 1:
        return message == pattern
    start = 0 if message.startswith(parts[0]) else len(message) + 1
    for part in parts:
        start = message.find(part, start)
        if start < 0:
            return False
        start += len(part)
    return True


def _exception(
    error: schema.AirbrakeError, context: schema.AirbrakeContext, client: str, platform: str | None
) -> ExceptionInfo:
    module, value = None, error.message
    if client == OLD_PYTHON and error.type and value:
        module, value = _without_type(value, error.type)
    frames = _frames(error, context, client, platform)
    return ExceptionInfo(type=error.type or None, value=value, module=module, frames=frames)


def _without_type(message: str, kind: str) -> tuple[str | None, str]:
    """``shop.PaymentError: no card`` as the module and the message."""
    match = re.fullmatch(rf"(?:([\w.]+)\.)?{re.escape(kind)}(?:: (.*))?", message, re.DOTALL)
    return (match[1], match[2] or "") if match else (None, message)


def _frames(
    error: schema.AirbrakeError, context: schema.AirbrakeContext, client: str, platform: str | None
) -> tuple[Frame, ...]:
    wires: Sequence[schema.AirbrakeFrame] = [
        wire for wire in error.backtrace or () if (wire.file, wire.function) != (_NOWHERE, _NOWHERE)
    ]
    frames = tuple(_frame(wire, context.root_directory, platform) for wire in wires)
    return frames if client == OLD_PYTHON else frames[::-1]


def _frame(wire: schema.AirbrakeFrame, root: str | None, platform: str | None) -> Frame:
    filename, path = project_paths.place(wire.file, root)
    own = in_app.is_in_app_code(path or filename, None, wire.function, platform)
    function = wire.function or None
    if platform == "csharp":
        _module, function = dotnet_names.demangled(None, function)
    return Frame(
        filename=filename,
        abs_path=path,
        function=function,
        line=wire.line,
        column=wire.column,
        in_app=own and _CLIENT.fullmatch(wire.function or "") is None,
        context=source_lines.numbered(wire.code),
    )
