"""Spans and log records as OTLP's JSON has them, as types.

See https://github.com/open-telemetry/opentelemetry-proto. Any field may be absent or null. Attributes given
as a plain object, as hand-written clients do, are understood too.
"""

from typing import Any

from msgspec import Struct

Mapping = dict[str, Any]
Nanos = int | float | str


class KeyValue(Struct):
    """One attribute; `value` says its type."""

    key: str | None = None
    value: Any = None


Attributes = list[KeyValue] | Mapping


class AttributedPart(Struct, rename="camel"):
    """What all parts have. `dropped_attributes_count` is how many attributes the client left out."""

    attributes: Attributes | None = None
    dropped_attributes_count: int | None = None


class Resource(AttributedPart):
    """What sent it."""

    entity_refs: Any = None


class Scope(AttributedPart):
    """The part of the app, or of a library, that made the record."""

    name: str | None = None
    version: str | None = None


class SpanEvent(AttributedPart):
    """Something that happened in a span: an exception is one called ``exception``."""

    name: str | None = None
    time_unix_nano: Nanos | None = None


class Status(Struct):
    """How a span ended: 1 is well, 2 is badly."""

    code: int | str | None = None
    message: str | None = None


class Span(AttributedPart):
    """A piece of work."""

    trace_id: str | None = None
    span_id: str | None = None
    parent_span_id: str | None = None
    trace_state: str | None = None
    name: str | None = None
    kind: int | str | None = None
    start_time_unix_nano: Nanos | None = None
    end_time_unix_nano: Nanos | None = None
    events: list[SpanEvent] | None = None
    status: Status | None = None
    links: Any = None
    flags: Any = None
    dropped_events_count: int | None = None
    dropped_links_count: int | None = None


class LogRecord(AttributedPart):
    """A line of a log."""

    trace_id: str | None = None
    span_id: str | None = None
    time_unix_nano: Nanos | None = None
    observed_time_unix_nano: Nanos | None = None
    severity_number: int | str | None = None
    severity_text: str | None = None
    body: Any = None
    event_name: str | None = None
    flags: Any = None
