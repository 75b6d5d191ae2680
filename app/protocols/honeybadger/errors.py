"""The exceptions of a notice and their frames.

Frames come newest call first, and the raised exception before its causes (docs/protocols.md, section 4).
Python's client repeats the backtrace of the raised exception in each of its causes: these have none, then.
"""

import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.model import ExceptionInfo, Frame, Thread
from app.protocols import stacktrace
from app.protocols.event import event_builder, in_app, project_paths, source_lines
from app.protocols.event.error_or_message import ErrorOrMessage
from app.protocols.honeybadger import schema
from app.protocols.wire.notes import Notes

PYTHON = "Honeybadger for Python"
_REJECTED = "UnhandledPromiseRejectionWarning: "
_BY_WINDOW = ("window.onerror", "window.onunhandledrejection")
_LOG = re.compile(r"[A-Za-z]+ Log")
_NO_CLASS = "dict"
_ANONYMOUS = frozenset(("", "<unknown>"))


class FrameContext(Struct, frozen=True):
    """What the frames of a notice have in common."""

    root: str | None
    platform: str | None
    notes: Notes


def find(notice: schema.HoneybadgerNotice, client: str, where: FrameContext) -> ErrorOrMessage:
    """The chain, cause first; its last exception says whether it was caught, if the client does."""
    error = notice.error
    if error is None:
        return ErrorOrMessage()
    request = notice.request or schema.HoneybadgerRequest()
    frames = _with_source(_frames(error, "error", where), error.source, where.notes)
    frames = _with_locals(frames, request.local_variables, where.notes)
    if client == PYTHON and _is_message(error, request.context or {}):
        return ErrorOrMessage(
            threads=(Thread(current=True, frames=frames),) if frames else (), message=error.message
        )
    raised = ExceptionInfo(
        type=error.class_ or None,
        value=_value(error),
        mechanism=_mechanism(notice, error, request),
        frames=frames,
    )
    causes = [_cause(cause, n, error, client, where) for n, cause in enumerate(error.causes or ())]
    return ErrorOrMessage(exceptions=(*reversed(causes), raised))


def _is_message(error: schema.HoneybadgerError, context: dict[str, Any]) -> bool:
    """Whether nothing was raised: it is a record of the logging handler, or a message without a class."""
    logged = _LOG.fullmatch(error.class_ or "") is not None and "levelname" in context
    return logged or error.class_ == _NO_CLASS


def _value(error: schema.HoneybadgerError) -> str | None:
    """The message, without the prefix that the client of browsers gives that of a rejection."""
    if error.message is None or not error.message.startswith(_REJECTED):
        return error.message
    return error.message.removeprefix(_REJECTED).removeprefix(f"{error.class_}: ")


def _mechanism(
    notice: schema.HoneybadgerNotice, error: schema.HoneybadgerError, request: schema.HoneybadgerRequest
) -> dict[str, Any]:
    """How the error came to be reported: various fields show that it was uncaught, or none does."""
    trail = (notice.breadcrumbs.trail if notice.breadcrumbs else None) or []
    before = [crumb.message or "" for crumb in trail[-2:] if crumb.category == "error"]
    if request.component == "unhandledRejection" or (error.message or "").startswith(_REJECTED):
        return event_builder.mechanism("honeybadger", False, source="unhandledrejection")
    if error.class_ in _BY_WINDOW or any(said.startswith(_BY_WINDOW) for said in before):
        return event_builder.mechanism("honeybadger", False, source="onerror")
    return event_builder.mechanism("honeybadger", None)


def _cause(
    cause: schema.Cause, n: int, error: schema.HoneybadgerError, client: str, where: FrameContext
) -> ExceptionInfo:
    place = f"error.causes.{n}"
    if cause.token:
        where.notes.keep(f"{place}.token", cause.token)
    repeated = client == PYTHON and cause.backtrace == error.backtrace
    frames = () if repeated else _frames(cause, place, where)
    return ExceptionInfo(type=cause.class_ or None, value=cause.message, frames=frames)


def _with_locals(frames: tuple[Frame, ...], local: dict[str, Any] | None, notes: Notes) -> tuple[Frame, ...]:
    """Give the local variables of a notice to the frame that failed: they are its."""
    if not local:
        return frames
    if not frames:
        notes.keep("request.local_variables", local)
        return frames
    return (*frames[:-1], replace(frames[-1], vars=local))


def _with_source(frames: tuple[Frame, ...], source: dict[str, Any] | None, notes: Notes) -> tuple[Frame, ...]:
    """Give the frame that failed its source lines, which the first clients sent beside the frames."""
    if not source:
        return frames
    lines = source_lines.numbered(source)
    if not frames or frames[-1].context or frames[-1].line not in dict(lines):
        notes.keep("error.source", source)
        return frames
    return (*frames[:-1], replace(frames[-1], context=lines))


def _frames(error: schema.Cause, place: str, where: FrameContext) -> tuple[Frame, ...]:
    if isinstance(error.backtrace, str):
        parsed = stacktrace.read(error.backtrace, where.platform, where.notes, f"{place}.backtrace").frames
        if not parsed and error.backtrace:
            where.notes.odd(f"{place}.backtrace", error.backtrace, "a list")
        return parsed
    wires = error.backtrace or ()
    frames = [_frame(wire, f"{place}.backtrace.{n}", where) for n, wire in enumerate(wires)]
    return tuple(reversed(frames))


def _frame(wire: schema.HoneybadgerFrame, place: str, where: FrameContext) -> Frame:
    filename, path = project_paths.place(wire.file, where.root)
    function = None if wire.method in _ANONYMOUS else wire.method
    own = in_app.is_in_app_code(path or filename, None, function, where.platform)
    if wire.context not in (None, "all", "app"):
        where.notes.keep(f"{place}.context", wire.context)
    return Frame(
        filename=filename,
        abs_path=path,
        function=function,
        line=_line(wire.number, place, where.notes),
        column=wire.column,
        in_app=own or wire.context == "app",
        context=source_lines.numbered(wire.source),
    )


def _line(number: int | str | None, place: str, notes: Notes) -> int | None:
    """The number of the line, which the client of Ruby sends as text."""
    if number is None or isinstance(number, int):
        return number
    if number.isascii() and number.isdigit() and len(number) < 10:
        return int(number)
    notes.odd(f"{place}.number", number, "a whole number")
    return None
