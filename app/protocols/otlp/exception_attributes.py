"""Reads an exception from attributes: ``exception.type``, ``.message`` and ``.stacktrace``.

See https://opentelemetry.io/docs/specs/semconv/exceptions/. The stack trace is text, and has the causes.
Whether it was handled cannot be known: ``exception.escaped`` says only that it left a span, and Python's is
nearly always the text "False". So only a true one is used.
"""

import re
from typing import Any

from msgspec.structs import replace

from app.model import ExceptionInfo, Thread
from app.protocols import stacktrace
from app.protocols.event import event_builder
from app.protocols.otlp.conventions import text_of
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

_QUALIFIED = re.compile(r"[A-Za-z_$][\w$<>]*(?:\.[\w$<>]+)+")
_TRUE = (True, "true", "True")

Chain = tuple[ExceptionInfo, ...]


def read(
    given: dict[str, Any], platform: str | None, notes: Notes
) -> tuple[Chain, str | None, tuple[Thread, ...]]:
    """The chain, cause first, and what the stack trace may show: platform, and other threads.

    Taken out of `given`.
    """
    kind, value, stack = (text_of(given, f"exception.{name}") for name in ("type", "message", "stacktrace"))
    escaped = given.pop("exception.escaped", None)
    if not (kind or value or stack):
        return (), platform, ()
    parsed = stacktrace.read(stack or "", platform, notes, "exception.stacktrace")
    if stack and not parsed.exceptions:
        notes.keep("exception.stacktrace", stack)
    elif parsed.before:
        notes.keep("before_stacktrace", parsed.before)
    outer = parsed.exceptions[-1] if parsed.exceptions else ExceptionInfo()
    module, name = _split(kind)
    if name is None or name == outer.type:
        name, module = outer.type or name, module or outer.module
    elif outer.type:
        # JavaScript's SDK takes an error's code for its type; its stack trace knows the class.
        notes.keep("exception.class", f"{outer.module}.{outer.type}" if outer.module else outer.type)
    handled = False if escaped in _TRUE else None
    mechanism = event_builder.mechanism("opentelemetry", handled, escaped=_words(escaped))
    raised = replace(outer, type=name, module=module, value=value or outer.value, mechanism=mechanism)
    return (*parsed.exceptions[:-1], raised), parsed.platform or platform, parsed.threads


def _split(kind: str | None) -> tuple[str | None, str | None]:
    """``shop.PaymentError`` is PaymentError of the module shop."""
    if kind is None or _QUALIFIED.fullmatch(kind) is None:
        return None, kind
    module, _dot, name = kind.rpartition(".")
    return module, name


def _words(escaped: Any) -> str | None:
    return None if escaped is None else lenient_json.as_text(escaped)
