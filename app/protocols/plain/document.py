"""Reads one object that reports an error, whatever its fields are called, into an event.

That is the JSON that people make up, and a line of what their loggers write: winston, pino, bunyan, zap,
zerolog, slog, logrus, structlog, log4j, logback, Serilog, Monolog, Python's JSON formatters, Rust's tracing.
"""

from typing import Any

from app.model import Event, Frame, Level, Report
from app.protocols.event import (
    event_builder,
    event_ids,
    headline,
    likely_message,
    log_location,
    log_template,
)
from app.protocols.plain import error_and_message, errors, event_context, field_names
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

# Serilog's compact form: https://github.com/serilog/serilog-formatting-compact
_SERILOG = {"@t": "timestamp", "@m": "message", "@l": "level", "@x": "exception", "@i": "event_type"}
_TEMPLATES = ("@mt", "MessageTemplate", "messageTemplate")
_PLATFORMS = frozenset(
    "python javascript node java kotlin scala ruby php perl go rust csharp c elixir erlang haskell swift "
    "objc cocoa dart flutter native other".split()
)
_FIELDS = {
    "logger": field_names.LOGGER,
    "release": field_names.RELEASE,
    "environment": field_names.ENVIRONMENT,
    "transaction": field_names.TRANSACTION,
}


def event(
    report: Report,
    values: dict[str, Any],
    notes: Notes,
    *,
    fallback_id: str | None = None,
    level: Level | None = None,
    behind: field_names.Fields | None = None,
    is_log: bool = False,
) -> Event:
    """The event. Raises nothing.

    `level` is the level where it is known already; `behind` are fields that hold for several objects.
    `is_log`: the object is a line of a log, where a level that nobody knows is no error.
    """
    fields = field_names.Fields(_serilog(values, notes), behind)
    fields.open()
    said_level = event_context.level(fields, notes, is_log=is_log) if level is None else level
    handled = _handled(fields)
    platform = _named_platform(fields)
    found = error_and_message.read(fields, notes, platform, is_log=said_level is not None)
    if handled is None and found.is_uncaught:
        handled = False
    if said_level is None:
        said_level = event_context.level(fields, notes, is_log=is_log) or Level.ERROR
    frame = event_context.place(fields)
    exceptions, threads = log_location.with_location(found.exceptions, frame, (), notes)
    exceptions = errors.as_caught(exceptions, handled)
    given = _given(fields, report)
    message = found.message if found.message or exceptions else _shown(values)
    return event_builder.build(
        report,
        notes,
        event_id=_own_id(fields),
        fallback_id=fallback_id,
        timestamp=event_context.time(fields),
        level=said_level,
        exceptions=exceptions,
        threads=(*threads, *found.threads),
        message=message,
        platform=platform or found.platform or _platform(exceptions, frame),
        extra=fields.rest(),
        **given,
    )


def _given(fields: field_names.Fields, report: Report) -> dict[str, Any]:
    """The fields of the event that come from one field of the object each."""
    given: dict[str, Any] = {name: fields.text(words, deep=True) for name, words in _FIELDS.items()}
    project = fields.text(field_names.PROJECT)
    given["request"] = event_context.request(fields, *event_context.browser(report))
    given["user"] = event_context.user(fields)
    given["server_name"] = fields.text(field_names.SERVER, deep=True)
    given["tags"] = event_context.tags(fields)
    fingerprint = fields.take(field_names.FINGERPRINT, str, list)
    if fingerprint is not None:
        parts = fingerprint if isinstance(fingerprint, list) else [fingerprint]
        given["fingerprint"] = tuple(lenient_json.as_text(part) for part in parts)
    name = fields.left.get("name")
    if isinstance(name, str) and name:
        # bunyan's name is that of the app, everybody else's that of the logger.
        if project is None and fields.has(("pid",)):
            project = str(fields.left.pop("name"))
        elif given["logger"] is None:
            given["logger"] = str(fields.left.pop("name"))
    if project is not None and report.project:
        given["tags"].setdefault("app", project)
    given["project"] = project
    return given


def _serilog(values: dict[str, Any], notes: Notes) -> dict[str, Any]:
    found = {_SERILOG.get(name, name): value for name, value in values.items() if name not in _TEMPLATES}
    if "@t" in values and "@x" not in values:
        # Information is the level that Serilog leaves out.
        found.setdefault("level", "information")
    template = next((values[name] for name in _TEMPLATES if isinstance(values.get(name), str)), None)
    if template is not None:
        notes.keep("logentry", {"message": template, "params": None})
        if not field_names.Fields(found).has(field_names.MESSAGE):
            properties = values.get("Properties")
            found["message"] = log_template.fill(
                template, {**values, **properties} if isinstance(properties, dict) else values
            )
    return found


def _handled(fields: field_names.Fields) -> bool | None:
    handled = fields.take(field_names.HANDLED, bool)
    if handled is not None:
        return bool(handled)
    unhandled = fields.take(field_names.UNHANDLED, bool)
    return None if unhandled is None else not unhandled


def _own_id(fields: field_names.Fields) -> str | None:
    """The id of the event, if it has a form that ids of events have; others are ids of something else."""
    for name in field_names.EVENT_ID:
        found = event_ids.normalise(fields.left.get(name))
        if found is not None:
            del fields.left[name]
            return found
    value = fields.take(("eventid", "errorid"), str)
    found = event_ids.normalise(value)
    if value is not None and found is None:
        fields.put("event_id", value)
    return found


def _platform(exceptions: errors.Exceptions, frame: Frame | None) -> str | None:
    """The platform, by the extension of the file that failed."""
    frames = [raised.frames[-1] for raised in reversed(exceptions) if raised.frames]
    named = frames[0] if frames else frame
    return log_location.platform_of(named.filename) if named is not None else None


def _named_platform(fields: field_names.Fields) -> str | None:
    """The platform, where it is a language: in browsers `platform` is a system such as "Win32"."""
    said = fields.text(field_names.PLATFORM)
    if said is None or said.lower() in _PLATFORMS:
        return said and said.lower()
    fields.put("platform", said)
    return None


def _shown(values: dict[str, Any]) -> str:
    """The likely message, where no field is known as one."""
    return likely_message.of_value(values, or_names=False) or headline.first_line(
        lenient_json.as_text(values)
    )
