"""The ids of traces and spans, as they are compared."""

from collections.abc import Mapping
from typing import Any

from app.model import Event
from app.traces import bounding

# What else than the context called trace names an event's trace: in the fields of a log line.
_TRACE_NAMES = ("trace_id", "traceId", "trace.id", "traceID", "otelTraceID", "dd.trace_id")
_SPAN_NAMES = ("span_id", "spanId", "span.id", "spanID", "otelSpanID", "dd.span_id")
_UUID_LENGTH = 36


def id_text(value: object) -> str:
    """An id in lower case, without dashes; empty where there is none, and for one of zeros."""
    if not isinstance(value, str):
        return str(value) if type(value) is int and value else ""
    text = bounding.name(value.strip().lower())
    if len(text) == _UUID_LENGTH:
        text = text.replace("-", "")
    return text if text.strip("0") else ""


def of_event(event: Event) -> tuple[str, str]:
    """The trace that an event belongs to, and the span in which it happened; empty where it names none."""
    context = event.contexts.get("trace")
    if isinstance(context, dict) and (trace_id := id_text(context.get("trace_id"))):
        return trace_id, id_text(context.get("span_id"))
    return in_fields(event.tags) if event.tags else ("", "")


def in_fields(fields: Mapping[str, Any]) -> tuple[str, str]:
    """The trace and the span that the fields of a log line name."""
    trace_id = next((found for name in _TRACE_NAMES if (found := id_text(fields.get(name)))), "")
    if not trace_id:
        return "", ""
    return trace_id, next((found for name in _SPAN_NAMES if (found := id_text(fields.get(name)))), "")
