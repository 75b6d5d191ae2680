"""GELF over HTTP, Graylog's format: a message with a syslog level, and additional fields named ``_…``.

See https://go2docs.graylog.org/current/getting_in_log_data/gelf.html#GELFPayloadSpecification. pygelf puts
the traceback into `full_message`, as the appenders of Java do. Warnings and worse are events, and whatever
holds a stack trace; the rest is counted, with a level that nobody knows, too.
"""

from functools import partial
from typing import Any

from app.model import Event, Level, Report
from app.protocols.accept_request import acceptor, basic_user, bearer, in_header, in_path, in_query
from app.protocols.delivery import Delivery
from app.protocols.event import event_builder, levels, log_line
from app.protocols.event.trace_reader import TraceReader, some_text
from app.protocols.plain import document, trace_in_fields
from app.protocols.protocol import Accepted, Answer
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes
from app.traces import ids
from app.traces.model import Source, Traced

_SPECIFIED: dict[str, tuple[type, ...]] = {
    "short_message": (str,),
    "full_message": (str,),
    "host": (str,),
    "timestamp": (int, float),
    "level": (int,),
}
_TYPE_NAMES = {str: "text", int: "a whole number", float: "a number"}
_IN_LINE = frozenset(("version", "short_message", "timestamp"))
_QUIET = frozenset((Level.INFO, Level.DEBUG))
# Graylog's input takes several messages, one a line.
_MOST = 1000

accept = acceptor(in_header("x-api-key"), bearer, in_query("project"), in_path, basic_user)


def answer(_accepted: Accepted) -> Answer:
    """Graylog's own answer: 202 without a body."""
    return Answer(202, b"text/plain; charset=utf-8", b"")


def read(report: Report, body: bytes) -> Delivery:
    """The message, or the messages of several lines. Raises nothing."""
    events: list[Event] = []
    quiet = 0
    for value, notes in _messages(body):
        level = _level(value, notes)
        if level in _QUIET:
            if not trace_in_fields.holds_trace(value):
                quiet += 1
                continue
            if "level" not in notes.kept:
                notes.keep("level", level.value)
            level = levels.of_crash(level)
        fallback_id = event_builder.id_of(report, len(events))
        fields = {name.removeprefix("_"): part for name, part in value.items() if name.startswith("_")}
        fields |= {name: part for name, part in value.items() if name[:1] != "_" and name != "version"}
        events.append(document.event(report, fields, notes, fallback_id=fallback_id, level=level))
    traced = partial(_traced, report, body) if quiet else None
    return Delivery(events=tuple(events), others={"log": quiet} if quiet else {}, traced=traced)


def _traced(report: Report, body: bytes) -> tuple[Traced, ...]:
    """All messages as log lines."""
    reader = TraceReader(report)
    for value, notes in _messages(body):
        level = _level(value, notes)
        fields = {name.removeprefix("_"): part for name, part in value.items() if name not in _IN_LINE}
        if "level" in notes.kept:
            fields.setdefault("level", notes.kept["level"])
        trace_id, span_id = ids.in_fields(fields)
        reader.line(
            Source(report.project, some_text(value.get("host"))),
            time=value.get("timestamp"),
            message=value.get("short_message"),
            level=level,
            logger=fields.pop("logger", None) or fields.pop("logger_name", None),
            trace_id=trace_id,
            span_id=span_id,
            data=fields,
        )
    return reader.traced()


def _messages(body: bytes) -> list[tuple[dict[str, Any], Notes]]:
    lines = [line for line in body.split(b"\n") if line.strip()]
    if not all(line.lstrip()[:1] == b"{" and line.rstrip()[-1:] == b"}" for line in lines[:_MOST]):
        lines = [body]
    found = []
    for line in lines[:_MOST]:
        notes = Notes(subject="message")
        value = fitting.lenient(line.strip(b"\x00"), notes)
        if not isinstance(value, dict):
            notes.problem("The message is not a JSON object; it is shown as it came.")
            value = {"short_message": value if isinstance(value, str) else str(value)}
        for name, kinds in _SPECIFIED.items():
            part = value.get(name)
            if part is not None and type(part) not in kinds:
                notes.problem(f"{name} should be {' or '.join(_TYPE_NAMES[kind] for kind in kinds)}.")
        found.append((value, notes))
    if len(lines) > _MOST:
        found[-1][1].problem(f"{len(lines) - _MOST} more messages came in one request; they are left out.")
    return found


def _level(value: dict[str, Any], notes: Notes) -> Level:
    """The level, which is a number of syslog; words are understood, too. Without one it is an error."""
    sent = value.pop("level", None)
    if isinstance(sent, str) and sent.strip().isdigit():
        sent = int(sent.strip()[:3])
    if type(sent) is float and sent.is_integer():
        sent = int(sent)
    level = levels.syslog(sent) if type(sent) is int else levels.find(sent)
    if level is None and isinstance(sent, str | int) and type(sent) is not bool:
        level = levels.of_log(sent)
        if levels.find_in_field(sent) is None:
            notes.keep("level", sent)
    if level is not None:
        return level
    if sent is not None:
        return levels.read(repr(sent), notes)
    text = value.get("short_message")
    return (log_line.level(text) if isinstance(text, str) else None) or Level.ERROR
