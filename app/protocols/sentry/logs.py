"""Reads Sentry's logs: items of many records. Those of errors are events, and the rest is counted.

See https://develop.sentry.dev/sdk/telemetry/logs/. A record is of an error by its level, or by a stack trace
in its text; `log_attributes` puts what stands beside it in its place. One broken record costs nothing but
itself.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Level, Report
from app.protocols import stacktrace
from app.protocols.event import event_builder, event_ids, levels, log_location
from app.protocols.sentry import log_attributes
from app.protocols.sentry.log_attributes import plain as plain
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

_BAD = frozenset((Level.ERROR, Level.FATAL))
_MOST = 1_000
# What the same client sends as events as well, from the level of an error on: Python's two loggers.
_SENT_TWICE = ("auto.log.stdlib", "auto.log.loguru")
_MECHANISM = event_builder.mechanism("logging", handled=True)
_NUMBERS = ("severity_number", "sentry.severity_number")
_WORDS = ("level", "severity_text", "sentry.severity_text")


def read(
    payload: bytes, report: Report, first_id: str, header: Mapping[str, Any] | None = None
) -> tuple[list[Event], int]:
    """The events of a log item, the first with `first_id`, and how many records are none. Raises nothing.

    `header` is the envelope's: it names the client and the release where a record does not.
    """
    notes = Notes(subject="log")
    value = fitting.lenient(payload, notes)
    items = _records(value)
    if items is None:
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
        events.append(_event(record, report, own_id, notes, header or {}))
        notes = Notes(subject="log")
    return events, quiet


def _records(value: Any) -> list[Any] | None:
    """The records of an item: its list, or a record or a list that stands there by itself."""
    if isinstance(value, dict):
        items = value.get("items", [value] if "body" in value else None)
        return items if isinstance(items, list) else None
    return value if isinstance(value, list) and any(isinstance(item, dict) for item in value) else None


def level(record: dict[str, Any]) -> Level | None:
    """The level of a record, by its word or else by its number."""
    attributes = record.get("attributes")
    given = {**attributes, **record} if isinstance(attributes, dict) else record
    for name in _WORDS:
        word = plain(given.get(name))
        named = levels.find_in_field(word) if isinstance(word, str) else None
        if named is not None:
            return named
    for name in _NUMBERS:
        number = plain(given.get(name))
        if type(number) is int:
            return levels.opentelemetry(number)
    return None


def _is_event(record: dict[str, Any]) -> bool:
    attributes = record.get("attributes")
    origin = attributes.get("sentry.origin") if isinstance(attributes, dict) else None
    if plain(origin) in _SENT_TWICE:
        return False
    if level(record) in _BAD:
        return True
    body = record.get("body")
    if not isinstance(body, str) or "\n" not in body:
        return False
    return any(raised.frames for raised in stacktrace.parse(lenient_json.clean_text(body)).exceptions)


def _event(
    record: dict[str, Any], report: Report, own_id: str, notes: Notes, header: Mapping[str, Any]
) -> Event:
    beside = log_attributes.read(record, header, notes)
    body = record.get("body")
    if body is not None and not isinstance(body, str):
        notes.odd("body", body, "text")
    text = "" if body is None else lenient_json.clean_text(lenient_json.as_text(body))
    parsed = stacktrace.read(text, beside.platform, notes, "body")
    message = parsed.before if parsed.exceptions else parsed.before or beside.template
    exceptions, threads = log_location.with_location(
        _raised(parsed.exceptions, beside, notes), beside.frame, (), notes
    )
    if exceptions and message in (exceptions[-1].value, f"{exceptions[-1].type}: {exceptions[-1].value}"):
        message = ""
    said = level(record)
    if said not in _BAD and said is not None:
        notes.keep("level", said.value)
    timestamp = record.get("timestamp")
    return event_builder.build(
        report,
        notes,
        fallback_id=own_id,
        timestamp=timestamp if isinstance(timestamp, (str, float, int)) else None,
        level=levels.of_crash(said or Level.ERROR),
        message=message,
        exceptions=exceptions,
        threads=threads,
        platform=parsed.platform or beside.platform,
        contexts=beside.contexts,
        extra=beside.extra,
        sdk=beside.sdk,
        user=beside.user,
        **beside.fields,
    )


def _raised(
    exceptions: tuple[ExceptionInfo, ...], beside: log_attributes.Beside, notes: Notes
) -> tuple[ExceptionInfo, ...]:
    """The exceptions that the text holds, or else the one that attributes name."""
    if not exceptions and beside.stack:
        exceptions = stacktrace.read(beside.stack, beside.platform, notes, "exception.stacktrace").exceptions
        if not exceptions:
            notes.keep("exception.stacktrace", beside.stack)
    if beside.type is None and not exceptions:
        return ()
    last = exceptions[-1] if exceptions else ExceptionInfo()
    named = replace(
        last, type=last.type or beside.type, value=last.value or beside.value, mechanism=_MECHANISM
    )
    return (*exceptions[:-1], named)
