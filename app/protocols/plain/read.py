"""A body of any kind, into events: text, JSON, JSON lines, a form, an envelope or a minidump gone astray.

A list, and JSON lines, are several events. What a logger streams below a warning, or at a level that nobody
knows, is counted, no event, unless it has an exception; what somebody sends alone was meant to be seen,
whatever its level, but for the levels of requests and the like that only loggers have.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.model import Event, Level, Report
from app.protocols import stacktrace
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, headline, levels, likely_message, log_line
from app.protocols.plain import body_kind, document, event_context, field_names
from app.protocols.sentry import minidump_form
from app.protocols.sentry import read as sentry_read
from app.protocols.sketch import Outlined
from app.protocols.wire import binary, fitting, forms, http_head, lenient_json
from app.protocols.wire.notes import Notes

_MOST = 1000
_SHOWN_BYTES = 512
_QUIET = frozenset((Level.INFO, Level.DEBUG))
_LEVEL = ("level", "severity", "lvl", "loglevel")


class _Batch(Struct):
    """What a body holds: objects, texts, and whatever else JSON has; `notes` belong to the first of them."""

    values: Sequence[Any]
    notes: Notes
    behind: field_names.Fields | None = None


def read(report: Report, body: bytes) -> Delivery:
    """Every event in `body`. Raises nothing."""
    if body_kind.is_envelope(body):
        return sentry_read.read_envelope(replace(report, protocol="sentry.envelope"), body)
    if minidump_form.brings_a_dump(body):
        return sentry_read.read_minidump(replace(report, protocol="sentry.minidump"), body)
    batch = _batch(body, http_head.header(report.head, "content-type"))
    events: list[Event] = []
    quiet = 0
    is_log = len(batch.values) > 1
    for number, value in enumerate(batch.values[:_MOST]):
        notes = batch.notes if number == 0 else Notes(subject=batch.notes.subject)
        fallback_id = event_builder.id_of(report, len(events))
        event = _event(report, value, notes, fallback_id, batch.behind, is_log)
        if event.level not in _QUIET:
            events.append(event)
        elif event.exceptions:
            events.append(_raised(event))
        elif is_log or _is_chatter(value):
            quiet += 1
        else:
            events.append(event)
    others = {"log": quiet} if quiet else {}
    if len(batch.values) > _MOST:
        others["left_out"] = len(batch.values) - _MOST
    return Delivery(events=tuple(events), others=others)


def outline(report: Report, body: bytes) -> Outlined:
    """What `read` reads, with only the parts that an event is filed by."""
    if body_kind.is_envelope(body):
        return sentry_read.outline_envelope(replace(report, protocol="sentry.envelope"), body)
    if minidump_form.brings_a_dump(body):
        return sentry_read.outline_minidump(replace(report, protocol="sentry.minidump"), body)
    return read(report, body)


def _is_chatter(value: Any) -> bool:
    """Whether an object that came alone is a line of a log: winston's Http sends one at a time."""
    if not isinstance(value, dict):
        return False
    return any(levels.is_chatter(level) for _of, _name, level in field_names.Fields(value).each(_LEVEL, str))


def _raised(event: Event) -> Event:
    """The event of a quiet line with an exception: an error, with the level it called itself in extra."""
    if not any(raised.frames for raised in event.exceptions):
        return event
    said = {"level": event.level.value}
    return replace(event, level=levels.of_crash(event.level), extra={**said, **event.extra})


def _event(
    report: Report,
    value: Any,
    notes: Notes,
    fallback_id: str,
    behind: field_names.Fields | None,
    is_log: bool,
) -> Event:
    if isinstance(value, dict) and value:
        return document.event(report, value, notes, fallback_id=fallback_id, behind=behind, is_log=is_log)
    if isinstance(value, str) and value.strip():
        return _text(report, lenient_json.clean_text(value), notes, fallback_id)
    notes.keep("payload", value)
    shown = "An empty report" if value in (None, "", [], {}) else lenient_json.as_text(value)
    shown = (likely_message.of_value(value, or_names=False) if value else None) or shown
    return event_builder.build(
        report, notes, fallback_id=fallback_id, message=headline.first_line(shown) or "An empty report"
    )


def _text(report: Report, text: str, notes: Notes, fallback_id: str) -> Event:
    """The event of a text: its stack trace, and what stands before that as the message."""
    parsed = stacktrace.read(text, None, notes, "text")
    said = parsed.before if parsed.exceptions else text.strip()
    return event_builder.build(
        report,
        notes,
        fallback_id=fallback_id,
        level=log_line.level(said) or Level.ERROR,
        exceptions=parsed.exceptions,
        threads=parsed.threads,
        message=said or None,
        platform=parsed.platform,
        request=event_context.request(field_names.Fields({}), *event_context.browser(report)),
    )


def _batch(body: bytes, content_type: str) -> _Batch:
    notes = Notes(subject="report")
    if body_kind.is_json(body):
        return _json(body, notes)
    if body_kind.is_form(body, content_type):
        return _Batch([_form(body, content_type, notes)], notes)
    text = body_kind.text(body, content_type)
    if text is None:
        notes.problem(f"The report is {len(body)} bytes of something that is no text.")
        notes.keep("begins_with", body[:_SHOWN_BYTES].hex(" "))
        return _Batch([binary.describe(body)], notes)
    if text[:1] == '"' and text.strip()[-1:] == '"':
        return _Batch([fitting.lenient(body, notes)], notes)
    return _Batch([text], notes)


def _json(body: bytes, notes: Notes) -> _Batch:
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > 1 and all(body_kind.is_json(line) and line.rstrip()[-1:] in b"}]" for line in lines):
        values = [fitting.lenient(line, notes) for line in lines[:_MOST]]
        if all(isinstance(value, (dict, list)) for value in values):
            return _Batch([*values, *lines[_MOST:]], notes)
        notes = Notes(subject=notes.subject)
    value = fitting.lenient(body, notes)
    if isinstance(value, list) and any(isinstance(item, (dict, str)) for item in value):
        return _Batch(value, notes)
    if isinstance(value, dict):
        fields = field_names.Fields(value)
        if not fields.has((*field_names.MESSAGE, *field_names.ERROR, *field_names.STACK)):
            inner = fields.take(field_names.BATCHES, list)
            if inner and all(isinstance(item, dict) for item in inner):
                return _Batch(inner, notes, fields)
    return _Batch([value], notes)


def _form(body: bytes, content_type: str, notes: Notes) -> dict[str, Any]:
    """The fields of a form; where its only field holds JSON, that is meant."""
    fields: dict[str, Any] = {}
    for name, values in forms.read(body, content_type).items():
        fields[lenient_json.clean_text(name)] = lenient_json.clean_text(values[0])
        for value in values[1:]:
            notes.keep(lenient_json.clean_text(name), lenient_json.clean_text(value))
    if len(fields) == 1:
        (only,) = fields.values()
        if body_kind.is_json(only.encode()):
            value = fitting.lenient(only.encode(), notes)
            if isinstance(value, dict):
                return value
    return fields
