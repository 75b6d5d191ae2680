"""Reads Sentry's logs: items of many records. Those of errors are events, and the rest is counted.

See https://develop.sentry.dev/sdk/telemetry/logs/. One broken record costs nothing but itself.
"""

from typing import Any

from app.model import Event, Level, Report
from app.protocols.event import event_builder, event_ids, levels
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

_BAD = frozenset((Level.ERROR, Level.FATAL))
_MOST = 1_000
# What the same client sends as an event as well: Python's logging, from the level of an error on.
_SENT_TWICE = "auto.log.stdlib"
# Attributes with a place of their own.
_PLACES = {
    "sentry.release": "release",
    "sentry.environment": "environment",
    "server.address": "server_name",
    "logger.name": "logger",
}


def read(payload: bytes, report: Report, first_id: str) -> tuple[list[Event], int]:
    """The events of a log item, the first with `first_id`, and how many records are none. Raises nothing."""
    notes = Notes(subject="log")
    value = fitting.lenient(payload, notes)
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        notes.problem("The log has no list of items; it is kept in extra as payload.")
        notes.keep("payload", value)
        return [event_builder.build(report, notes, fallback_id=first_id)], 0
    events: list[Event] = []
    quiet = 0
    for number, record in enumerate(items):
        if not isinstance(record, dict) or len(events) == _MOST or not _is_event(record):
            quiet += 1
            continue
        own_id = first_id if not events else event_ids.derive(first_id, f"log {number}")
        events.append(_event(record, report, own_id, notes))
        notes = Notes(subject="log")
    return events, quiet


def level(record: dict[str, Any]) -> Level | None:
    """The level of a record, by its word or else by its number."""
    named = levels.find(record.get("level")) if isinstance(record.get("level"), str) else None
    number = record.get("severity_number")
    if named is None and isinstance(number, int):
        # OpenTelemetry's: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
        return Level.FATAL if number >= 21 else Level.ERROR if number >= 17 else Level.INFO
    return named


def _is_event(record: dict[str, Any]) -> bool:
    attributes = record.get("attributes")
    origin = attributes.get("sentry.origin") if isinstance(attributes, dict) else None
    return level(record) in _BAD and plain(origin) != _SENT_TWICE


def _event(record: dict[str, Any], report: Report, own_id: str, notes: Notes) -> Event:
    attributes = record.get("attributes")
    given = {name: plain(part) for name, part in attributes.items()} if isinstance(attributes, dict) else {}
    body, template = record.get("body"), given.pop("sentry.message.template", None)
    if body is not None and not isinstance(body, str):
        notes.odd("body", body, "text")
    if isinstance(template, str) and template != body:
        notes.keep("logentry", {"message": template, "params": None})
    fields = {place: given.pop(name) for name, place in _PLACES.items() if isinstance(given.get(name), str)}
    sdk = {"name": given.pop("sentry.sdk.name", None), "version": given.pop("sentry.sdk.version", None)}
    trace = {name: record[name] for name in ("trace_id", "span_id") if isinstance(record.get(name), str)}
    timestamp = record.get("timestamp")
    return event_builder.build(
        report,
        notes,
        fallback_id=own_id,
        timestamp=timestamp if isinstance(timestamp, (str, float, int)) else None,
        level=level(record) or Level.ERROR,
        message=None if body is None else lenient_json.as_text(body),
        contexts={"trace": trace} if trace else {},
        extra={**given, **({"sdk": sdk} if any(sdk.values()) else {})},
        **fields,
    )


def plain(attribute: Any) -> Any:
    """The value of an attribute, which comes with its type."""
    return attribute.get("value") if isinstance(attribute, dict) and "value" in attribute else attribute
