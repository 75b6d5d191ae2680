"""Reads Loki's push: streams of log lines, each stream under labels. Lines that report an error are events.

See https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs. A line reports an error by a
level in its labels, its structured metadata or itself (a word, JSON, logfmt), or by a stack trace in it,
whatever its level says. A level that nobody knows reports none: winston's ``http`` is one of requests. Loki
stores equal lines of one stream and one time once, and so does this.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from app.model import Event, Level, Report
from app.protocols.accept_request import acceptor, basic_user, bearer, in_header, in_path, in_query
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, event_ids, levels, log_line
from app.protocols.event.trace_reader import TraceReader, some_text
from app.protocols.loki import push, split_traces
from app.protocols.loki.push import LogLine
from app.protocols.plain import document, event_context, field_names, trace_in_fields
from app.protocols.protocol import Accepted, Answer
from app.protocols.wire import fitting, http_head, lenient_json
from app.protocols.wire.notes import Notes
from app.traces import ids
from app.traces.model import Source, Traced

_MOST = 5000
_BY_WEIGHT = list(Level)
_JSON = re.compile(rb'\s*\{\s*["}]')
_MESSAGE_AND_FIELDS = re.compile(r'([^{]*[^{\s:=,(\[]) (\{"[^\n]*\})\s*')
_MESSAGES = ("message", "msg")
# A line without any of these has no stack trace in its fields: calls are several lines, or a list.
_OF_TRACES = ("\\n", "\n", "tack", "race", "rames")
_WORTH_SHOWING = frozenset((Level.FATAL, Level.ERROR))

accept = acceptor(in_query("project"), in_path, in_header("x-scope-orgid"), bearer, basic_user)


def answer(_accepted: Accepted) -> Answer:
    """Loki's own answer: 204 without a body."""
    return Answer(204, b"application/json", b"")


def read(report: Report, body: bytes) -> Delivery:
    """The lines that report errors. Raises nothing."""
    notes = Notes(subject="push")
    events: list[Event] = []
    quiet = 0
    for number, line in enumerate(split_traces.joined(_sent(report, body, notes))):
        if number >= _MOST:
            notes.problem(f"Only the first {_MOST} lines of a push are looked at.")
            break
        event = _event(report, line)
        if event is None:
            quiet += 1
        else:
            events.append(event)
    if notes.problems:
        events.append(
            event_builder.build(report, notes, message="A push to Loki that could not be read whole")
        )
    traced = partial(_traced, report, body) if quiet else None
    return Delivery(events=tuple(events), others={"log": quiet} if quiet else {}, traced=traced)


def _traced(report: Report, body: bytes) -> tuple[Traced, ...]:
    """All lines for what they are."""
    reader = TraceReader(report)
    for line in islice(_sent(report, body, Notes(subject="push")), _MOST):
        looked = _look(line)
        fields = {**looked.labels.left, **looked.metadata.left, **looked.own.left}
        trace_id, span_id = ids.in_fields(fields)
        message = next((fields.pop(name) for name in _MESSAGES if isinstance(fields.get(name), str)), None)
        reader.line(
            Source(report.project, some_text(fields.get("host") or fields.get("hostname"))),
            time=int(line.time) if line.time.isascii() and line.time.isdigit() else line.time,
            message=message or looked.text,
            level=looked.level,
            logger=fields.get("logger"),
            trace_id=trace_id,
            span_id=span_id,
            data=fields,
        )
    return reader.traced()


def _sent(report: Report, body: bytes, notes: Notes) -> Iterator[LogLine]:
    """The lines, from JSON or protobuf."""
    # A packed push may begin with a brace as well: its first byte is its length.
    if "protobuf" in http_head.header(report.head, "content-type") and not _JSON.match(body):
        try:
            yield from push.unpacked(body)
        except push.NotAPush as error:
            notes.problem(f"The push is not readable as Loki's protobuf, packed by snappy: {error}.")
        return
    value = fitting.lenient(body, notes)
    yield from push.lines(value, notes)
    if notes.problems and not (isinstance(value, dict) and "streams" in value):
        notes.keep("payload", value)


class _Looked(Struct):
    """A line that was looked into: its text, its fields by where they stand, and the worst level it names."""

    text: str
    labels: field_names.Fields
    metadata: field_names.Fields
    own: field_names.Fields
    level: Level | None
    notes: Notes


def _look(line: LogLine) -> _Looked:
    notes = Notes(subject="line")
    text = lenient_json.clean_text(line.text)
    labels, metadata = field_names.Fields(line.labels), field_names.Fields(line.metadata)
    metadata.behind = labels
    said = [
        level
        for fields in (labels, metadata)
        if (level := event_context.level(fields, notes, is_log=True)) is not None
    ]
    own = field_names.Fields(_fields(text, notes))
    in_line = event_context.level(own, notes, is_log=True) if own.left else log_line.level(text)
    level = min([*said, *([in_line] if in_line is not None else [])], key=_BY_WEIGHT.index, default=None)
    return _Looked(text, labels, metadata, own, level, notes)


def _event(report: Report, line: LogLine) -> Event | None:
    """The event of a line; None where the line reports no error."""
    looked = _look(line)
    text, labels, metadata, own = looked.text, looked.labels, looked.metadata, looked.own
    level, notes = looked.level, looked.notes
    if level not in _WORTH_SHOWING:
        if not _has_trace(line, text, own):
            return None
        # A word that nobody knows still stands where it stood.
        is_word = any(fields.has(field_names.LEVEL) for fields in (labels, metadata, own))
        if level is not None and levels.of_crash(level) is not level and not is_word:
            notes.keep("level", level.value)
        level = levels.of_crash(level) if level is not None else Level.ERROR
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
    return _behind(text) or _pairs(text)


def _pairs(text: str) -> dict[str, Any]:
    """The pairs of a line in logfmt, and the stack trace in the lines behind it."""
    first, _end, rest = text.partition("\n")
    if rest and trace_in_fields.text_holds_trace(rest):
        pairs = log_line.pairs(first)
        return {**pairs, "stack": rest} if pairs else {}
    return dict(log_line.pairs(text))


def _behind(text: str) -> dict[str, Any]:
    """The fields that winston writes behind its message, and the message: ``no card {"customer":"ada"}``."""
    match = _MESSAGE_AND_FIELDS.fullmatch(text)
    if match is None:
        return {}
    try:
        fields, _problems = lenient_json.decode(match[2].encode())
    except ValueError:
        # No JSON: the line stands as it is.
        return {}
    return {**fields, "message": match[1]} if isinstance(fields, dict) and "message" not in fields else {}


def _has_trace(line: LogLine, text: str, own: field_names.Fields) -> bool:
    if own.left and any(word in text for word in _OF_TRACES) and trace_in_fields.holds_trace(own.left):
        return True
    if line.metadata and trace_in_fields.holds_trace(line.metadata):
        return True
    return "\n" in text and trace_in_fields.text_holds_trace(text)


def _identity(report: Report, line: LogLine) -> str:
    """The event's id: the same for a line that is sent again."""
    labels = "\x00".join(f"{name}={value}" for name, value in sorted(line.labels.items()))
    return event_ids.derive("loki", report.project, labels, line.time, lenient_json.clean_text(line.text))
