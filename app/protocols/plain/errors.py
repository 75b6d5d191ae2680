"""Reads an error that is an object in JSON, whatever its parts are called, into a chain of exceptions.

``{name, message, stack, cause}`` of JavaScript, ``{type, value, stacktrace}``, .NET's ``{ClassName, Message,
StackTraceString, InnerException}``, Monolog's ``{class, message, file, trace, previous}``, log4j's ``{name,
message, cause, extendedStackTrace}``, structlog's lists of ``{exc_type, exc_value, frames}`` … What is left
of an error is kept under ``error``.
"""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app import exception_tree
from app.model import ExceptionInfo, Frame, Thread
from app.protocols import stacktrace
from app.protocols.event import event_builder
from app.protocols.plain import field_names, frames
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

Exceptions = tuple[ExceptionInfo, ...]

_DEEPEST = 20
_MOST = 200
# "TypeError", "java.lang.IllegalStateException", "Acme\Shop\PaymentFailed", "E_PAY", "std::bad_alloc".
_CLASS = re.compile(r"[^\W\d][\w.$\\:/+`-]{0,199}")
_SURE_CLASS = re.compile(r"[\w.$\\:]*(?:Error|Exception|Failure|Fault|Interrupt|Exit|Panic|Throwable)")


class ErrorChain(Struct, frozen=True):
    """A chain, cause first, the language that its stack trace is of, and the other threads that it shows."""

    exceptions: Exceptions = ()
    platform: str | None = None
    threads: tuple[Thread, ...] = ()


def is_class(text: str, *, surely: bool = False) -> bool:
    """Whether `text` may be the name of a class of exceptions; `surely` asks for a name that says so."""
    return (_SURE_CLASS if surely else _CLASS).fullmatch(text) is not None


def read(value: Any, notes: Notes, platform: str | None = None, depth: int = 0) -> ErrorChain:
    """The exceptions in `value`: an object, a list of objects, or a text with a stack trace in it.

    Empty for anything else: then nothing has been kept of it either.
    """
    if isinstance(value, str):
        return _text(value, notes, platform)
    if depth == _DEEPEST:
        return ErrorChain()
    if isinstance(value, list):
        return _chain(value, notes, platform, depth)
    return _object(value, notes, platform, depth) if isinstance(value, dict) else ErrorChain()


def _text(text: str, notes: Notes, platform: str | None) -> ErrorChain:
    parsed = stacktrace.read(text, platform, notes, "error.stack")
    if parsed.exceptions:
        if parsed.before:
            notes.keep("error.before", parsed.before)
        return ErrorChain(parsed.exceptions, parsed.platform, parsed.threads)
    kind, colon, words = text.partition(": ")
    if colon and is_class(kind, surely=True):
        return ErrorChain((ExceptionInfo(type=kind, value=words),), platform)
    return ErrorChain(platform=platform)


def _chain(values: Sequence[Any], notes: Notes, platform: str | None, depth: int) -> ErrorChain:
    """Errors in a list: the raised one first, and what it was caused by behind it."""
    if all(isinstance(value, str) for value in values):
        return read("\n".join(values), notes, platform)
    found: list[ExceptionInfo] = []
    for value in reversed(values[:_MOST]):
        raised = read(value, notes, platform, depth + 1)
        found += _moved(raised.exceptions, len(found))
        platform = platform or raised.platform
    return ErrorChain(tuple(found), platform)


def _object(value: dict[str, Any], notes: Notes, platform: str | None, depth: int) -> ErrorChain:
    fields = field_names.Fields(value)
    kind = fields.text(("name", *field_names.TYPE, *field_names.PERHAPS_TYPE))
    words = fields.text(field_names.VALUE)
    stack = fields.take(field_names.STACK, str, list)
    cause = fields.take(field_names.CAUSE, dict, list, str)
    members = fields.take(field_names.MEMBERS, list)
    if kind is None and words is None and stack is None:
        return ErrorChain()
    chain = from_stack(kind, words, stack, notes, platform)
    platform = chain.platform or platform
    chain = _with_place(chain, fields)
    found = list(chain.exceptions)
    if cause is not None and len(found) == 1:
        found = [*_cause(cause, notes, platform, depth).exceptions, *found]
    if members is not None:
        found = _with_members(found, members, notes, platform, depth)
    for name, left in fields.left.items():
        notes.keep(f"error.{name}", left)
    return ErrorChain(tuple(found), platform, chain.threads)


def from_stack(
    kind: str | None, words: str | None, stack: str | list[Any] | None, notes: Notes, platform: str | None
) -> ErrorChain:
    """The exception of this class, with these words and this stack; what the stack says fills the gaps."""
    if isinstance(stack, list) and not all(isinstance(line, str) for line in stack):
        own = frames.read(stack, platform, notes)
        return ErrorChain((ExceptionInfo(type=kind, value=words, frames=own),), platform)
    text = "\n".join(stack) if isinstance(stack, list) else stack
    parsed = stacktrace.read(text, platform, notes, "stack") if text else stacktrace.Parsed()
    if not parsed.exceptions:
        own = frames.read(stack, platform, notes) if isinstance(stack, list) else ()
        if text and not own:
            notes.keep("stack", lenient_json.clean_text(text))
        if kind is None and words is None:
            return ErrorChain()
        return ErrorChain((ExceptionInfo(type=kind, value=words, frames=own),), platform)
    raised = _named(parsed.exceptions[-1], kind, words, notes)
    if parsed.before and parsed.before not in (words or ""):
        notes.keep("stack.before", parsed.before)
    return ErrorChain((*parsed.exceptions[:-1], raised), parsed.platform, parsed.threads)


def _named(raised: ExceptionInfo, kind: str | None, words: str | None, notes: Notes) -> ExceptionInfo:
    """The exception with the client's own type and message, which count more than the stack's first line."""
    said = f"{raised.type}: {raised.value}" if raised.value else raised.type
    full = f"{raised.module}.{raised.type}" if raised.module else raised.type
    named = raised
    if kind and kind not in (raised.type, full):
        named = replace(named, type=kind, module=None)
    if words and words != raised.value and not (raised.value or "").startswith(words):
        named = replace(named, value=words)
    if named is not raised and said and said not in (words, f"Uncaught {words}"):
        notes.keep("stack.says", said)
    return named


def _with_place(chain: ErrorChain, fields: field_names.Fields) -> ErrorChain:
    """Add the newest call: PHP and others name beside the stack where the error was made."""
    if not chain.exceptions or (chain.exceptions[-1].frames and chain.platform is not None):
        return chain
    file, line = fields.text(field_names.FILE), fields.whole(field_names.LINE)
    column = fields.whole(field_names.COLUMN)
    if file is None:
        return chain
    frame = frames.place(file) if line is None else Frame(filename=file, line=line, column=column)
    raised = chain.exceptions[-1]
    newest = frame or Frame(filename=file)
    known = raised.frames[-1:]
    if known and (known[0].filename, known[0].line) == (newest.filename, newest.line):
        return chain
    raised = replace(raised, frames=(*raised.frames, newest))
    return replace(chain, exceptions=(*chain.exceptions[:-1], raised))


def _cause(value: Any, notes: Notes, platform: str | None, depth: int) -> ErrorChain:
    inner = Notes(subject=notes.subject)
    raised = read(value, inner, platform, depth + 1)
    for name, left in inner.kept.items():
        notes.keep(f"cause.{name.removeprefix('error.')}", left)
    if raised.exceptions:
        return raised
    if isinstance(value, str):
        return ErrorChain((ExceptionInfo(value=value),), platform)
    notes.keep("cause", value)
    return raised


def _with_members(
    found: list[ExceptionInfo], members: list[Any], notes: Notes, platform: str | None, depth: int
) -> list[ExceptionInfo]:
    """The errors that an AggregateError holds stand before it, and name it as their parent."""
    before: list[ExceptionInfo] = []
    tops: list[int] = []
    for member in members[:_MOST]:
        raised = read(member, notes, platform, depth + 1)
        if raised.exceptions:
            start = len(before)
            before += _moved(raised.exceptions, start)
            exception_tree.name_causes(before, start)
            tops.append(len(before) - 1)
        else:
            notes.keep("error.errors", member)
    found = _moved(found, len(before))
    whole = len(before) + len(found) - 1
    for index in tops:
        before[index] = replace(before[index], parent=whole)
    return before + found


def _moved(exceptions: Sequence[ExceptionInfo], by: int) -> list[ExceptionInfo]:
    return [
        raised if raised.parent is None else replace(raised, parent=raised.parent + by)
        for raised in exceptions
    ]


def as_caught(exceptions: Exceptions, handled: bool | None) -> Exceptions:
    """The exceptions with a mechanism that says whether the raised one was caught."""
    if not exceptions or handled is None:
        return exceptions
    return (*exceptions[:-1], replace(exceptions[-1], mechanism=event_builder.mechanism("generic", handled)))
