"""A log record of an error, or with an exception, as an event."""

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from app.model import Event, ExceptionInfo, Frame, Level, Report
from app.protocols import stacktrace
from app.protocols.event import event_builder, levels, log_location
from app.protocols.otlp import contexts, conventions, exception_attributes, resource, schema, values
from app.protocols.otlp.identity import Ids
from app.protocols.otlp.records import Record
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

_MECHANISM = event_builder.mechanism("opentelemetry", None)


def event(record: Record, report: Report, ids: Ids) -> Event:
    """The event. Raises nothing."""
    notes = record.notes
    wire = fitting.fit(record.record, schema.LogRecord, "log.", notes)
    source = resource.source(record.resource, report, notes)
    given = values.attributes(wire.attributes, notes)
    sent = dict(given)
    exceptions, platform, others = exception_attributes.read(given, source.platform, notes)
    body = values.plain(wire.body)
    message = _message(body, notes)
    if not exceptions:
        exceptions, platform, message = _in_message(message, platform, notes)
    frame, stack = conventions.frame(given, platform), _stack(given, platform, notes)
    exceptions, threads = log_location.with_location(exceptions, frame, stack, notes)
    if exceptions and message == exceptions[-1].value:
        message = None
    scope = contexts.scope(record.scope, notes)
    trace = contexts.trace(wire.trace_id, wire.span_id, None, wire.flags)
    request, user = conventions.request(given), conventions.user(given)
    tags, extra = conventions.left_over(given)
    if wire.dropped_attributes_count:
        notes.keep("log.droppedAttributesCount", wire.dropped_attributes_count)
    time = values.nanos(wire.time_unix_nano, wire.observed_time_unix_nano)
    level = _level(wire, notes, exceptions)
    last = exceptions[-1] if exceptions else None
    said = (lenient_json.as_text(body), level, last and last.type, last and last.value)
    around = {"trace": trace, "scope": scope, **source.contexts}
    return event_builder.build(
        report,
        notes,
        event_id=ids.next(trace.get("trace_id"), trace.get("span_id"), time, sent, *said, source.project),
        project=source.project,
        timestamp=time,
        level=level,
        exceptions=exceptions,
        threads=(*threads, *others),
        message=message or (None if exceptions else wire.event_name),
        extra=extra,
        platform=platform,
        logger=scope.get("name"),
        release=source.release,
        environment=source.environment,
        server_name=source.server_name,
        request=request,
        user=user,
        tags={**source.tags, **({"event.name": wire.event_name} if wire.event_name else {}), **tags},
        contexts={name: part for name, part in around.items() if part},
        sdk=source.sdk,
    )


def _level(wire: schema.LogRecord, notes: Notes, exceptions: Sequence[ExceptionInfo]) -> Level:
    level = values.severity(wire.severity_number, wire.severity_text)
    if wire.severity_text and levels.find(wire.severity_text) is not level:
        notes.keep("severityText", wire.severity_text)
    level = level or Level.ERROR
    if levels.of_crash(level) is not level and any(raised.frames for raised in exceptions):
        # A line with a stack trace is of an error whatever it calls itself.
        notes.keep("level", level.value)
        return levels.of_crash(level)
    return level


def _in_message(
    message: str | None, platform: str | None, notes: Notes
) -> tuple[exception_attributes.Chain, str | None, str | None]:
    """The exceptions of a stack trace in the text, the platform it shows, and the text before it."""
    parsed = stacktrace.read(message or "", platform, notes, "message")
    if not parsed.exceptions:
        return (), platform, message
    raised = replace(parsed.exceptions[-1], mechanism=_MECHANISM)
    return (*parsed.exceptions[:-1], raised), parsed.platform or platform, parsed.before or None


def _message(body: Any, notes: Notes) -> str | None:
    """The body; of a structured one its message, else all of it."""
    if body is None or isinstance(body, str):
        return body or None
    notes.keep("body", body)
    own = body.get("message", body.get("msg")) if isinstance(body, dict) else None
    return own if isinstance(own, str) and own else lenient_json.as_text(body)


def _stack(given: dict[str, Any], platform: str | None, notes: Notes) -> tuple[Frame, ...]:
    """The calls that led to where the record was made, which few clients send."""
    text = conventions.text_of(given, "code.stacktrace")
    frames = stacktrace.read(text, platform, notes, "code.stacktrace").frames if text else ()
    if text and not frames:
        notes.keep("code.stacktrace", text)
    return frames
