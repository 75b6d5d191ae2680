"""From a Sentry event on the wire (`schema.Event`) to the house's own `Event`.

Everything here is already of the right type; the work is to choose, to order and to name. Frames come
oldest first and exceptions cause first from every Sentry client (PROTOCOLS.md, section 4).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from app.model import (
    Breadcrumb,
    Event,
    ExceptionInfo,
    Frame,
    Level,
    Report,
    Request,
    Sdk,
    Thread,
    from_micros,
)
from app.protocols import event_ids, headline, lenient_json, moments
from app.protocols.in_app import is_in_app
from app.protocols.notes import Notes
from app.protocols.sentry import schema

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
}

_TEXT = frozenset((str,))


def build(wire: schema.Event, report: Report, event_id: str, notes: Notes) -> Event:
    """The event; `event_id` is its id where the wire has none. Raises nothing."""
    received_at = from_micros(report.received_at)
    exceptions = _exceptions(wire.exception, notes)
    threads = _threads(wire, notes)
    message = _message(wire, notes)
    if exceptions and exceptions[-1].type is None and (message or exceptions[-1].value):
        exceptions, threads, message = _as_message(exceptions, threads, message, notes)
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
        breadcrumbs=_breadcrumbs(wire.breadcrumbs, notes) if wire.breadcrumbs else (),
        request=_request(wire.request, notes) if wire.request else None,
        user=wire.user or {},
        tags=_tags(wire.tags, notes) if wire.tags else {},
        contexts=wire.contexts or {},
        modules=_modules(wire.modules) if wire.modules else {},
        sdk=_sdk(wire.sdk, notes) if wire.sdk else None,
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
    if not template or not params:
        return template
    try:
        return template % (tuple(params) if isinstance(params, list) else params)
    except (TypeError, ValueError, KeyError, OverflowError):
        # Not Python's %: other clients have other templates, and the template alone still says enough.
        return template


def _exceptions(
    part: schema.Exceptions | list[schema.ExceptionValue] | None, notes: Notes
) -> tuple[ExceptionInfo, ...]:
    values = part.values if isinstance(part, schema.Exceptions) else part
    if not values:
        return ()
    indexes: dict[int, int] = {}
    for n, value in enumerate(values):
        exception_id = value.mechanism.get("exception_id") if value.mechanism else None
        if type(exception_id) is int:
            indexes[exception_id] = n
        if value.thread_id is not None:
            notes.keep(f"exception.{n}.thread_id", value.thread_id)
    return tuple(
        ExceptionInfo(
            type=value.type or None,
            value=value.value,
            module=value.module,
            mechanism=value.mechanism,
            parent=_parent(value.mechanism, indexes, n) if indexes and value.mechanism else None,
            frames=_frames(value.stacktrace, notes),
        )
        for n, value in enumerate(values)
    )


def _parent(mechanism: dict[str, Any], indexes: dict[int, int], own: int) -> int | None:
    parent_id = mechanism.get("parent_id")
    index = indexes.get(parent_id) if type(parent_id) is int else None
    return index if index != own else None


def _frames(stacktrace: schema.Stacktrace | None, notes: Notes) -> tuple[Frame, ...]:
    if stacktrace is None or not stacktrace.frames:
        return ()
    frames = []
    for wire in stacktrace.frames:
        line, in_app = wire.lineno, wire.in_app
        if in_app is None:
            in_app = is_in_app(wire.abs_path or wire.filename or "")
        context: tuple[tuple[int, str], ...] = ()
        if wire.context_line is not None:
            before = wire.pre_context or []
            lines = [*before, wire.context_line, *(wire.post_context or ())]
            if line is not None:
                context = tuple(enumerate(lines, line - len(before)))
            else:
                notes.keep("source", lines)
        frames.append(
            Frame(
                filename=wire.filename,
                abs_path=wire.abs_path,
                module=wire.module,
                function=wire.function,
                line=line,
                column=wire.colno,
                in_app=in_app,
                context=context,
                vars=wire.vars or {},
            )
        )
    return tuple(frames)


def _threads(wire: schema.Event, notes: Notes) -> tuple[Thread, ...]:
    part = wire.threads
    threads = [
        Thread(
            id=None if value.id is None else str(value.id),
            name=value.name,
            crashed=value.crashed or False,
            current=value.current or False,
            frames=_frames(value.stacktrace, notes),
        )
        for value in (part.values if isinstance(part, schema.Threads) else part) or ()
    ]
    if wire.stacktrace is not None and wire.stacktrace.frames:
        threads.append(Thread(current=True, frames=_frames(wire.stacktrace, notes)))
    return tuple(threads)


def _as_message(
    exceptions: tuple[ExceptionInfo, ...], threads: tuple[Thread, ...], message: str | None, notes: Notes
) -> tuple[tuple[ExceptionInfo, ...], tuple[Thread, ...], str | None]:
    """An exception without a type is where a message was sent from: @sentry 11 makes one for each."""
    synthetic = exceptions[-1]
    if synthetic.mechanism is not None:
        notes.keep("mechanism", synthetic.mechanism)
    if message and synthetic.value and synthetic.value != message:
        notes.keep("value", synthetic.value)
    if synthetic.frames:
        threads = (*threads, Thread(current=True, frames=synthetic.frames))
    return exceptions[:-1], threads, message or synthetic.value


def _breadcrumbs(part: schema.Breadcrumbs | list[schema.Breadcrumb], notes: Notes) -> tuple[Breadcrumb, ...]:
    crumbs = []
    for n, wire in enumerate((part.values if isinstance(part, schema.Breadcrumbs) else part) or ()):
        moment = None
        data = wire.data or {}
        if wire.timestamp is not None:
            moment = moments.parse(wire.timestamp)
            if moment is None:
                notes.odd(f"breadcrumbs.{n}.timestamp", wire.timestamp, "a time")
        if wire.event_id is not None:
            data = {**data, "event_id": wire.event_id}
        crumbs.append(
            Breadcrumb(
                timestamp=moment,
                type=wire.type,
                category=wire.category,
                level=wire.level,
                message=wire.message,
                data=data,
            )
        )
    return tuple(crumbs)


def _request(wire: schema.Request, notes: Notes) -> Request:
    return Request(
        method=wire.method,
        url=wire.url,
        query=_query(wire.query_string, notes),
        headers=_headers(wire.headers, notes) if wire.headers else {},
        body=wire.data,
        cookies=wire.cookies,
        env=wire.env or {},
    )


def _query(value: Any, notes: Notes) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, dict):
        return urlencode({key: _words(item) for key, item in value.items()}, doseq=True)
    if isinstance(value, list) and all(_is_pair(item) for item in value):
        return urlencode([(lenient_json.as_text(key), _words(item)) for key, item in value], doseq=True)
    notes.odd("request.query_string", value, "text or pairs")
    return None


def _words(value: Any) -> str | list[str]:
    return [*map(lenient_json.as_text, value)] if isinstance(value, list) else lenient_json.as_text(value)


def _headers(value: dict[str, Any] | list[Any], notes: Notes) -> dict[str, str]:
    if isinstance(value, dict) and _TEXT.issuperset(map(type, value.values())):
        return value
    pairs = value.items() if isinstance(value, dict) else _pairs(value, "request.headers", notes)
    headers: dict[str, str] = {}
    for name, text in pairs:
        values = text if isinstance(text, list) else [text]
        line = text if type(text) is str else ", ".join(map(lenient_json.as_text, values))
        headers[name] = f"{headers[name]}, {line}" if name in headers else line
    return headers


def _tags(value: dict[str, Any] | list[Any], notes: Notes) -> dict[str, str]:
    if isinstance(value, dict) and _TEXT.issuperset(map(type, value.values())):
        return value
    pairs = value.items() if isinstance(value, dict) else _pairs(value, "tags", notes)
    return {
        name: text if type(text) is str else lenient_json.as_text(text)
        for name, text in pairs
        if text is not None
    }


def _pairs(value: Sequence[Any], name: str, notes: Notes) -> list[tuple[str, Any]]:
    pairs = []
    for n, item in enumerate(value):
        if _is_pair(item):
            pairs.append((lenient_json.as_text(item[0]), item[1]))
        elif isinstance(item, dict) and "key" in item:
            pairs.append((lenient_json.as_text(item["key"]), item.get("value")))
        elif item is not None:
            notes.odd(f"{name}.{n}", item, "a pair")
    return pairs


def _is_pair(item: Any) -> bool:
    return isinstance(item, list) and len(item) == 2


def _modules(value: dict[str, str | None]) -> dict[str, str]:
    if None in value.values():
        return {name: version or "" for name, version in value.items()}
    return value  # type: ignore[return-value]  # no None is left


def _sdk(value: dict[str, Any], notes: Notes) -> Sdk:
    name, version = value.get("name"), value.get("version")
    rest = {
        key: item
        for key, item in value.items()
        if key not in {"name", "version"} or not isinstance(item, str | None)
    }
    if rest:
        notes.keep("sdk", rest)
    return Sdk(
        name=name if type(name) is str else None,
        version=version if type(version) is str else None,
    )


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
