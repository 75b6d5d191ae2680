"""Contexts that spans and log records share: the trace, and the instrumentation scope."""

from typing import Any

from app.protocols.otlp import schema, values
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes


def trace(
    trace_id: str | None, span_id: str | None, parent_span_id: str | None, flags: object
) -> dict[str, Any]:
    """The trace context: ids of trace, span and parent span."""
    found = {
        "trace_id": values.hex_id(trace_id),
        "span_id": values.hex_id(span_id),
        "parent_span_id": values.hex_id(parent_span_id),
        "flags": flags or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def scope(wire: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The instrumentation scope: the library that made the record."""
    fitted = fitting.fit(wire, schema.Scope, "scope.", notes)
    found = {
        "name": fitted.name or None,
        "version": fitted.version or None,
        "attributes": values.attributes(fitted.attributes, notes) or None,
        "dropped_attributes": fitted.dropped_attributes_count or None,
    }
    return {name: value for name, value in found.items() if value is not None}
