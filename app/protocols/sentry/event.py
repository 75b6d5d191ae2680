"""From a Sentry event on the wire (`schema.Event`) to the house's own `Event`.

Everything here is already of the right type; the work is to choose and to name. `stacks` has what was
raised and where, `surroundings` what was going on around it.
"""

import re
from datetime import datetime
from typing import Any

from app.model import Event, Level, Report, from_micros
from app.protocols import event_ids, headline, moments
from app.protocols.notes import Notes
from app.protocols.sentry import schema, stacks, surroundings

_LEVELS: dict[object, Level] = {
    **{level.value: level for level in Level},
    "critical": Level.FATAL,
    "warn": Level.WARNING,
    "log": Level.INFO,
    # Python's numbers, which raven sends.
    50: Level.FATAL,
    40: Level.ERROR,
    30: Level.WARNING,
    20: Level.INFO,
    10: Level.DEBUG,
}  # Python's conversions, but for widths: "%999999999d" would make a text that fills the memory.
_CONVERSION = re.compile(r"%(?:\(\w+\))?[-+ #0]{0,3}\d{0,2}(?:\.\d{1,2})?[a-zA-Z%]")


def build(wire: schema.Event, report: Report, event_id: str, notes: Notes) -> Event:
    """The event; `event_id` is its id where the wire has none. Raises nothing."""
    received_at = from_micros(report.received_at)
    exceptions = stacks.exceptions(wire.exception, notes)
    threads = stacks.threads(wire, notes)
    message = _message(wire, notes)
    if exceptions and exceptions[-1].type is None and (message or exceptions[-1].value):
        exceptions, threads, message = stacks.as_message(exceptions, threads, message, notes)
    transaction = wire.transaction or None
    return Event(
        event_id=_event_id(wire, event_id, notes),
        project=report.project,
        protocol=report.protocol,
        platform=wire.platform,
        timestamp=_timestamp(wire.timestamp, received_at, notes),
        received_at=received_at,
        level=_level(wire.level, notes),
        logger=wire.logger or None,
        title=headline.title(exceptions, message),
        culprit=transaction or headline.culprit(exceptions, threads),
        message=message,
        transaction=transaction,
        release=wire.release,
        environment=wire.environment,
        server_name=wire.server_name,
        exceptions=exceptions,
        threads=threads,
        breadcrumbs=surroundings.breadcrumbs(wire.breadcrumbs, notes) if wire.breadcrumbs else (),
        request=surroundings.request(wire.request, notes) if wire.request else None,
        user=wire.user or {},
        tags=surroundings.tags(wire.tags, notes) if wire.tags else {},
        contexts=wire.contexts or {},
        modules=surroundings.modules(wire.modules) if wire.modules else {},
        sdk=surroundings.sdk(wire.sdk, notes) if wire.sdk else None,
        fingerprint=tuple(wire.fingerprint) if wire.fingerprint else (),
        extra=_extra(wire, notes),
        problems=notes.sentences() if notes.problems else (),
    )


def _event_id(wire: schema.Event, fallback: str, notes: Notes) -> str:
    if wire.event_id is None:
        return fallback
    event_id = event_ids.normalise(wire.event_id)
    if event_id is None:
        notes.odd("event_id", wire.event_id, "32 hex digits")
        return fallback
    return event_id


def _timestamp(value: str | float | None, received_at: datetime, notes: Notes) -> datetime:
    if value is None:
        return received_at
    moment = moments.parse(value)
    if moment is not None and moments.is_plausible(moment, received_at):
        return moment
    notes.keep("timestamp", value)
    notes.problem(f"The timestamp {str(value)[:60]!r} cannot be right; the time of arrival is used.")
    return received_at


def _level(value: str | int | None, notes: Notes) -> Level:
    if value is None:
        return Level.ERROR
    level = _LEVELS.get(value)
    if level is None and isinstance(value, str):
        level = _LEVELS.get(value.strip().lower())
    if level is None:
        notes.keep("level", value)
        notes.problem(f"The level {str(value)[:60]!r} is not known; the event counts as an error.")
        return Level.ERROR
    return level


def _message(wire: schema.Event, notes: Notes) -> str | None:
    """The formatted message; a template that differs from it stays in extra as ``logentry``, for grouping."""
    message = wire.message
    entry = wire.logentry or (message if isinstance(message, schema.Message) else None)
    text = message if isinstance(message, str) else None
    if entry is None:
        return text or None
    formatted = entry.formatted or _interpolate(entry.message, entry.params) or text
    if entry.message and (entry.params or entry.message != formatted):
        notes.keep("logentry", {"message": entry.message, "params": entry.params})
    if text and formatted and text not in {formatted, entry.message}:
        notes.keep("message", text)
    return formatted or None


def _interpolate(template: str | None, params: Any) -> str | None:
    if not template or not params or "%" in _CONVERSION.sub("", template):
        return template
    try:
        return template % (tuple(params) if isinstance(params, list) else params)
    except (TypeError, ValueError, KeyError, OverflowError):
        # Not Python's %: other clients have other templates, and the template alone still says enough.
        return template


def _extra(wire: schema.Event, notes: Notes) -> dict[str, Any]:
    """The client's own extra, and all that has no place elsewhere, under its own name."""
    for attribute, name in schema.LEFT_OVER:
        value = getattr(wire, attribute)
        if value is not None and value != {}:
            notes.keep(name, value)
    extra = {**wire.extra} if wire.extra else {}
    for name, value in notes.kept.items():
        free = name
        while free in extra:
            free += "'"
        extra[free] = value
    return extra
