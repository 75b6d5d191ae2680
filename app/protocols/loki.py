"""Loki's push: streams of log lines, each stream under labels. Only lines that tell of an error are events.

See https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs. A line tells of an error by a
level in its labels or its structured metadata, or in itself (a word, JSON, logfmt), or by a stack trace in
it. Loki keeps a line once, known by its labels, its time and itself: so does this.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.model import Event, Level, Report
from app.protocols import composing, event_ids, fitting, http_head, lenient_json, log_line, stacktrace
from app.protocols.accepting import accepting, basic_user, bearer, in_header, in_path, in_query
from app.protocols.delivery import Delivery
from app.protocols.notes import Notes
from app.protocols.plain import document, names, surroundings
from app.protocols.protocol import Accepted, Answer

_MOST = 5000
_BY_WEIGHT = list(Level)
_WORTH_SHOWING = frozenset((Level.FATAL, Level.ERROR))

accept = accepting(in_query("project"), in_path, in_header("x-scope-orgid"), bearer, basic_user)


class _Line(Struct, frozen=True):
    """A line with its time in nanoseconds, as it was written, its labels, and its own metadata."""

    time: str
    text: str
    labels: dict[str, str]
    metadata: dict[str, str]


def answer(_accepted: Accepted) -> Answer:
    """What Loki says: nothing."""
    return Answer(204, b"application/json", b"")


def read(report: Report, body: bytes) -> Delivery:
    """The lines that tell of errors. Raises nothing."""
    notes = Notes(subject="push")
    if "protobuf" in http_head.header(report.head, "content-type") and body[:1] != b"{":
        return Delivery(events=(_unread(report, notes, len(body)),))
    value = fitting.lenient(body, notes)
    events: list[Event] = []
    quiet = 0
    for number, line in enumerate(_lines(value, notes)):
        if number >= _MOST:
            notes.problem(f"Only the first {_MOST} lines of a push are looked at.")
            break
        event = _event(report, line)
        if event is None:
            quiet += 1
        else:
            events.append(event)
    if notes.problems:
        if not isinstance(value, dict):
            notes.keep("payload", value)
        events.append(composing.event(report, notes, message="A push to Loki that could not be read whole"))
    return Delivery(events=tuple(events), others={"log": quiet} if quiet else {})


def _unread(report: Report, notes: Notes, size: int) -> Event:
    notes.problem(
        f"Arecibo reads the JSON of Loki's push, not its protobuf; {size} bytes of that came. "
        "Set the client to JSON: in winston-loki `json: true`, in Vector `encoding`, or send to Loki itself."
    )
    return composing.event(report, notes, level=Level.WARNING, message="Loki's protobuf is not read here")


def _lines(value: Any, notes: Notes) -> Iterator[_Line]:
    streams = value.get("streams") if isinstance(value, dict) else None
    if not isinstance(streams, list):
        if not notes.problems:
            notes.problem("The push has no list of streams.")
        return
    for n, stream in enumerate(streams):
        labels = stream.get("stream") if isinstance(stream, dict) else None
        values = stream.get("values") if isinstance(stream, dict) else None
        if not isinstance(values, list):
            notes.odd(f"streams.{n}", stream, "a stream with a list of values")
            continue
        if labels is not None and not isinstance(labels, dict):
            notes.odd(f"streams.{n}.stream", labels, "an object")
        known = _texts(labels)
        for m, entry in enumerate(values):
            match entry:
                case [str() | int() | float() as time, str(text)] if type(time) is not bool:
                    yield _Line(str(time), text, known, {})
                case [str() | int() | float() as time, str(text), metadata, *_more] if type(time) is not bool:
                    yield _Line(str(time), text, known, _texts(metadata))
                case _:
                    notes.odd(f"streams.{n}.values.{m}", entry, "[time, line]")


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {name: lenient_json.as_text(part) for name, part in value.items() if part is not None}


def _event(report: Report, line: _Line) -> Event | None:
    """The event of a line; None where the line tells of no error."""
    notes = Notes(subject="line")
    text = lenient_json.clean_text(line.text)
    labels, metadata = names.Fields(line.labels), names.Fields(line.metadata)
    metadata.behind = labels
    said = [
        level for fields in (labels, metadata) if (level := surroundings.level(fields, notes)) is not None
    ]
    own = names.Fields(_fields(text, notes))
    in_line = surroundings.level(own, notes) if own.left else log_line.level(text)
    level = min([*said, *([in_line] if in_line is not None else [])], key=_BY_WEIGHT.index, default=None)
    if level not in _WORTH_SHOWING and not _has_trace(text, own):
        return None
    labels.put("timestamp", int(line.time) if line.time.isascii() and line.time.isdigit() else line.time)
    event = document.event(
        report,
        own.left or {"message": text},
        notes,
        fallback_id=_identity(report, line),
        level=level or Level.ERROR,
        behind=metadata,
    )
    tags = {name: part for name, part in labels.left.items() if name != "timestamp"}
    return replace(event, tags={**tags, **event.tags}, extra={**metadata.left, **event.extra})


def _fields(text: str, notes: Notes) -> dict[str, Any]:
    """The fields of a line that is JSON or logfmt; nothing for a line of words."""
    if text.lstrip()[:1] == "{":
        value = fitting.lenient(text.encode(), Notes(subject=notes.subject))
        return value if isinstance(value, dict) else {}
    return dict(log_line.pairs(text))


def _has_trace(text: str, own: names.Fields) -> bool:
    if own.left:
        return own.has(names.STACK)
    return "\n" in text and bool(stacktrace.parse(text).exceptions)


def _identity(report: Report, line: _Line) -> str:
    """Who sends a line again sends the same."""
    labels = "\x00".join(f"{name}={value}" for name, value in sorted(line.labels.items()))
    return event_ids.derive("loki", report.project, labels, line.time, lenient_json.clean_text(line.text))
