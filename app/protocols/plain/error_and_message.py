"""Reads the error and the message of one object, neither of which repeats the other."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.model import ExceptionInfo, Thread
from app.protocols import stacktrace
from app.protocols.event import levels
from app.protocols.plain import errors, field_names
from app.protocols.wire.notes import Notes

_ERROR_WORDS = ("errormessage", "exceptionmessage", "errmessage", "errormsg")


class ErrorAndMessage(Struct, frozen=True):
    """Exceptions, cause first; the message, if it says more than they do; the platform; other threads.

    `is_uncaught` if the message begins as browsers and PHP begin that of an uncaught error.
    """

    exceptions: errors.Exceptions = ()
    message: str | None = None
    platform: str | None = None
    is_uncaught: bool = False
    threads: tuple[Thread, ...] = ()


def read(
    fields: field_names.Fields, notes: Notes, platform: str | None = None, *, is_log: bool = False
) -> ErrorAndMessage:
    """The error and the message, taken from `fields`. `is_log`: a logger wrote them. Raises nothing."""
    kind, words = _kind(fields, is_log), None
    raised = _nested(fields, notes, platform)
    if not raised.exceptions:
        words = fields.take(field_names.ERROR, str) or _words_beside_message(fields)
        raised = errors.read(words, notes, platform)
        if raised.exceptions:
            words = None
        elif words is not None and kind is None and errors.is_class(words, surely=True):
            kind, words = words, None
    message = fields.text(field_names.MESSAGE, deep=True)
    stack = _unless(message, fields.take(field_names.STACK, str, list, deep=True))
    if raised.exceptions:
        raised = _beside(raised, kind, stack, notes)
    elif stack is not None or kind is not None:
        raised = errors.read(_itself(fields, kind, stack), notes, platform)
    if not raised.exceptions and message:
        parsed = stacktrace.read(message, platform, notes, "message")
        raised = errors.ErrorChain(parsed.exceptions, parsed.platform, parsed.threads)
        message = parsed.before
    return _without_repeats(raised, message, words, notes)


def _nested(fields: field_names.Fields, notes: Notes, platform: str | None) -> errors.ErrorChain:
    value = fields.take(field_names.ERROR, dict, list, deep=True)
    if value is None and not fields.has(field_names.MESSAGE):
        value = fields.take(field_names.MEMBERS, list)
    raised = errors.read(value, notes, platform)
    if value is not None and not raised.exceptions:
        notes.keep("error", value)
    return raised


def _itself(fields: field_names.Fields, kind: str | None, stack: Any) -> dict[str, Any]:
    """The object itself as an error, without its message: that may be the logger's."""
    return {
        "type": kind,
        "stack": stack,
        "cause": fields.take(field_names.CAUSE, dict, list, str),
        "errors": fields.take(field_names.MEMBERS, list),
    }


def _words_beside_message(fields: field_names.Fields) -> str | None:
    """``error.message``, where ``message`` is the logger's (Elastic's common schema)."""
    return fields.text(_ERROR_WORDS) if fields.has(("message", "msg")) else None


def _kind(fields: field_names.Fields, is_log: bool) -> str | None:
    """The class of the error, where the object itself is one; many a logger calls itself by `name`."""
    name = fields.left.get("name")
    is_error = fields.has(field_names.STACK) and not is_log
    if isinstance(name, str) and errors.is_class(name, surely=not is_error):
        return str(fields.left.pop("name"))
    kind = fields.text(field_names.TYPE)
    if kind is None:
        kind = fields.text(field_names.PERHAPS_TYPE)
        if kind is None or errors.is_class(kind, surely=True):
            return kind
        if levels.find(kind) is not None:
            fields.put("level", kind)
            return None
        # A logger's "type" is mostly that of the record: "http", "audit_log".
        if not errors.is_class(kind) or (is_log and "." not in kind and kind[:1].islower()):
            fields.put("type", kind)
            return None
    return kind


def _unless(message: str | None, stack: Any) -> Any:
    """The stack, unless it is only the message again, as in many GELF messages."""
    return None if isinstance(stack, str) and stack.strip() == (message or "").strip() else stack


def _beside(raised: errors.ErrorChain, kind: str | None, stack: Any, notes: Notes) -> errors.ErrorChain:
    """An error that had no class or no stack of its own gets the one beside it."""
    last = raised.exceptions[-1]
    if kind is not None and last.type is None:
        last = replace(last, type=kind)
    elif kind not in (None, last.type):
        notes.keep("type", kind)
    if stack is not None and last.frames:
        notes.keep("stack", stack)
    elif stack is not None:
        beside = errors.from_stack(None, None, stack, notes, raised.platform)
        if beside.exceptions:
            last = replace(last, frames=beside.exceptions[-1].frames)
            raised = replace(raised, platform=beside.platform or raised.platform)
    return replace(raised, exceptions=(*raised.exceptions[:-1], last))


def _without_repeats(
    raised: errors.ErrorChain, message: str | None, words: str | None, notes: Notes
) -> ErrorAndMessage:
    """The error and the message, with each text in one place: message, exception's value, or `error`."""
    exceptions = raised.exceptions
    is_uncaught = (message or "").startswith("Uncaught ")
    if exceptions and not exceptions[-1].value and (words or message):
        exceptions = (
            *exceptions[:-1],
            replace(exceptions[-1], value=_bare(words or message, exceptions[-1])),
        )
        message, words = (message, None) if words else (None, None)
    if not exceptions and not message:
        message, words = words, None
    if words and words != message and not (exceptions and words == exceptions[-1].value):
        notes.keep("error", words)
    if exceptions and message and _repeats(message, exceptions[-1]):
        message = None
    return ErrorAndMessage(exceptions, message or None, raised.platform, is_uncaught, raised.threads)


def _bare(words: str | None, raised: ExceptionInfo) -> str | None:
    """``KeyError: 'x'`` without the class that stands beside it."""
    return words.removeprefix("Uncaught ").removeprefix(f"{raised.type}: ") if words else None


def _repeats(message: str, raised: ExceptionInfo) -> bool:
    said = message.strip().removeprefix("Uncaught ")
    value = (raised.value or "").strip()
    names_of_it = (raised.type, f"{raised.module}.{raised.type}")
    return said in (value, *(f"{name}: {value}" for name in names_of_it), *(names_of_it if not value else ()))
