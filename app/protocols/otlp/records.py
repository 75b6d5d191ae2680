"""Finds the errors in a request: spans with an exception, and log records of errors.

Both encodings are given as JSON, names in camel case; all other records are counted and never decoded.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct, field

from app.model import Level
from app.protocols import otlp, stacktrace
from app.protocols.otlp import values
from app.protocols.wire import fitting, lenient_json
from app.protocols.wire.notes import Notes

Signal = Literal["spans", "logs"]

RAISED = frozenset(("exception.type", "exception.message", "exception.stacktrace"))
_BAD = frozenset((Level.ERROR, Level.FATAL))
_SNAKE = re.compile(rb'"(?:resource|scope|instrumentation|log|trace|time|severity)_[a-z_]+"\s*:')
_BEHIND_WORD = re.compile(r"_([a-z])")


class Record(Struct):
    """A span or a log record with its resource and scope, as JSON that is not yet checked."""

    resource: dict[str, Any]
    scope: dict[str, Any]
    record: dict[str, Any]
    notes: Notes


class Records(Struct):
    """The records of a request that become events, and how many others there were.

    `notes` has the problems of the request as a whole.
    """

    seen: list[Record] = field(default_factory=list)
    others: int = 0
    resources: list[dict[str, Any]] = field(default_factory=list)
    notes: Notes = field(default_factory=lambda: Notes(subject="OTLP request"))


def find(body: bytes, content_type: str, signal: Signal) -> Records:
    """The records in `body`. Raises nothing."""
    found = Records()
    if not body:
        return found
    if is_json(body, content_type):
        _in_json(body, signal, found)
        return found
    try:
        _in_protobuf(body, signal, found)
    except otlp.protobuf.NotProtobuf as error:
        found.notes.problem(f"The OTLP request is no readable protobuf: {error}.")
        found.notes.keep("payload", lenient_json.clean_text(body.decode("utf-8", "replace")))
    return found


def is_json(body: bytes, content_type: str) -> bool:
    """By the first byte: a message begins with 0x0A, which is a line's end only where JSON is announced."""
    start = body.lstrip() if "json" in content_type.lower() else body
    return start.startswith((b"{", b"[", b"\xef\xbb\xbf"))


def _in_protobuf(body: bytes, signal: Signal, found: Records) -> None:
    as_json = otlp.protobuf.as_json
    last: Any = None
    for group, scoped, record in otlp.protobuf.records(body, signal):
        if group is not last:
            last = group
            found.resources.append(as_json(group.resource))
        resource = found.resources[-1]
        is_seen = _has_exception(record.events) if signal == "spans" else _is_error_message(record)
        if not is_seen:
            found.others += 1
            continue
        found.seen.append(Record(resource, as_json(scoped.scope), as_json(record), _notes(signal)))


def _has_exception(events: Iterable[Any]) -> bool:
    return any(
        event.name == "exception" or any(pair.key in RAISED for pair in event.attributes) for event in events
    )


def _is_error_message(record: Any) -> bool:
    level = values.severity(record.severity_number, record.severity_text)
    if level in _BAD or any(pair.key in RAISED for pair in record.attributes):
        return True
    return record.body.HasField("string_value") and _has_trace(record.body.string_value)


def _in_json(body: bytes, signal: Signal, found: Records) -> None:
    for resource, scope, record in in_json(body, signal, found):
        if _is_seen(record, signal):
            found.seen.append(Record(resource, scope, record, _notes(signal)))
        else:
            found.others += 1


def in_json(
    body: bytes, signal: Signal, found: Records
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Resource, scope and record of every span or log record in JSON.

    The resources, and what is odd, go into `found`.
    """
    notes = found.notes
    value = fitting.lenient(body, notes)
    if _SNAKE.search(body):
        value = _camel(value)
    kind = signal.capitalize()
    if not isinstance(value, dict) or (value and f"resource{kind}" not in value):
        notes.problem(f"The OTLP request has no resource{kind}; it is kept in extra as payload.")
        notes.keep("payload", value)
        return
    for group in _objects(value, f"resource{kind}", notes):
        resource = _object(group, "resource")
        found.resources.append(resource)
        # Until version 0.15 of the protocol a scope was a library, and a log record a log.
        scopes = _name_in(group, f"scope{kind}", f"instrumentationLibrary{kind}")
        for scoped in _objects(group, scopes, notes):
            scope = _object(scoped, _name_in(scoped, "scope", "instrumentationLibrary"))
            records = "spans" if signal == "spans" else _name_in(scoped, "logRecords", "logs")
            for record in _objects(scoped, records, notes):
                yield resource, scope, record


def _is_seen(record: Mapping[str, Any], signal: Signal) -> bool:
    if signal == "logs":
        number, text = record.get("severityNumber"), record.get("severityText")
        level = values.severity(
            number if isinstance(number, int | str) else None, text if isinstance(text, str) else None
        )
        return (
            level in _BAD or _has_exception_attributes(record) or _has_trace(values.plain(record.get("body")))
        )
    events = record.get("events")
    return isinstance(events, list) and any(
        isinstance(event, dict) and (event.get("name") == "exception" or _has_exception_attributes(event))
        for event in events
    )


def _has_trace(body: Any) -> bool:
    """Whether the text of a record has a stack trace in it, as a collector reads one from a file."""
    if not isinstance(body, str) or "\n" not in body:
        return False
    return any(raised.frames for raised in stacktrace.parse(lenient_json.clean_text(body)).exceptions)


def _has_exception_attributes(part: Mapping[str, Any]) -> bool:
    attributes = part.get("attributes")
    if isinstance(attributes, dict):
        return not RAISED.isdisjoint(attributes)
    pairs = attributes if isinstance(attributes, list) else []
    return any(isinstance(pair, dict) and _is_raised(pair.get("key")) for pair in pairs)


def _is_raised(name: Any) -> bool:
    return isinstance(name, str) and name in RAISED


def _name_in(group: Mapping[str, Any], today: str, before: str) -> str:
    return before if today not in group and before in group else today


def _object(group: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = group.get(name)
    return value if isinstance(value, dict) else {}


def _objects(group: Mapping[str, Any], name: str, notes: Notes) -> list[dict[str, Any]]:
    value = group.get(name)
    items = value if isinstance(value, list) else [value]
    for item in items:
        if item is not None and not isinstance(item, dict):
            notes.odd(name, item, "an object")
    return [item for item in items if isinstance(item, dict)]


def _camel(value: Any) -> Any:
    """`value` with its field names in camel case: some clients write them as the .proto files do."""
    if isinstance(value, list):
        return [_camel(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        _BEHIND_WORD.sub(lambda match: match[1].upper(), key): _camel(item) for key, item in value.items()
    }


def _notes(signal: Signal) -> Notes:
    return Notes(subject="span" if signal == "spans" else "log record")
