"""Reads the spans and log records of an OTLP request for what they are, in either encoding.

Protobuf is read as it is decoded: turned into JSON first, as the few records that become events are, a span
took ten times as long.
"""

from typing import Any

from app.model import Report
from app.protocols import otlp
from app.protocols.event.trace_reader import TraceReader
from app.protocols.otlp import records, values
from app.protocols.wire import http_head
from app.traces.model import Source, Traced

_KINDS = ("", "internal", "server", "client", "producer", "consumer")
_STATUSES = (None, "ok", "error")
# By the first of these attributes it is told what kind of work a span was.
_OPS = (("db.", "db"), ("http.", "http"), ("rpc.", "rpc"), ("messaging.", "queue"), ("graphql.", "graphql"))
_UNKNOWN = "unknown_service"
_MOST_EVENTS = 20


def read(report: Report, body: bytes, signal: records.Signal) -> tuple[Traced, ...]:
    """The spans, or the log lines, of a request. Raises nothing."""
    reader = TraceReader(report)
    if records.is_json(body, http_head.header(report.head, "content-type")):
        _read_json(body, signal, reader, report)
    else:
        _read_protobuf(body, signal, reader, report)
    return reader.traced()


def _read_protobuf(body: bytes, signal: records.Signal, reader: TraceReader, report: Report) -> None:
    last: Any = None
    source = Source("")
    try:
        for group, scoped, record in otlp.protobuf.records(body, signal):
            if group is not last:
                last, source = group, _source(_pairs(group.resource.attributes), report)
            if signal == "logs":
                _line(reader, source, _log_fields(scoped, record))
            else:
                _span(reader, source, _span_fields(record))
    except otlp.protobuf.NotProtobuf:
        # The event that says so is there already.
        return


def _span_fields(record: Any) -> dict[str, Any]:
    return {
        "trace": record.trace_id.hex(),
        "id": record.span_id.hex(),
        "parent": record.parent_span_id.hex(),
        "name": record.name,
        "kind": record.kind,
        "start": record.start_time_unix_nano,
        "end": record.end_time_unix_nano,
        "status": record.status.code,
        "status_message": record.status.message,
        "attributes": _pairs(record.attributes),
        "events": [
            {"name": each.name, **_pairs(each.attributes)}
            for each in record.events[:_MOST_EVENTS]
            if each.name != "exception"
        ],
    }


def _log_fields(scoped: Any, record: Any) -> dict[str, Any]:
    return {
        "trace": record.trace_id.hex(),
        "span": record.span_id.hex(),
        "time": record.time_unix_nano or record.observed_time_unix_nano,
        "body": _plain(record.body),
        "number": record.severity_number,
        "text": record.severity_text,
        "attributes": _pairs(record.attributes),
        "logger": scoped.scope.name,
    }


def _pairs(attributes: Any) -> dict[str, Any]:
    return {pair.key: _plain(pair.value) for pair in attributes}


def _plain(value: Any) -> Any:
    """The value of an AnyValue."""
    which = value.WhichOneof("value")
    if which is None:
        return None
    found = getattr(value, which)
    if which == "array_value":
        return [_plain(item) for item in found.values]
    if which == "kvlist_value":
        return _pairs(found.values)
    return found.hex() if which == "bytes_value" else found


def _read_json(body: bytes, signal: records.Signal, reader: TraceReader, report: Report) -> None:
    for resource, scope, record in records.in_json(body, signal, records.Records()):
        source = _source(_attributes(resource), report)
        given = record.get
        shared = {"trace": values.hex_id(_text(given("traceId"))), "attributes": _attributes(record)}
        if signal == "logs":
            line: dict[str, Any] = {
                "span": values.hex_id(_text(given("spanId"))),
                "time": values.nanos(given("timeUnixNano"), given("observedTimeUnixNano")),
                "body": values.plain(given("body")),
                "number": given("severityNumber"),
                "text": given("severityText"),
                "logger": scope.get("name"),
            }
            _line(reader, source, shared | line)
        else:
            status = given("status")
            status = status if isinstance(status, dict) else {}
            span: dict[str, Any] = {
                "id": values.hex_id(_text(given("spanId"))),
                "parent": values.hex_id(_text(given("parentSpanId"))),
                "name": given("name"),
                "kind": given("kind"),
                "start": values.nanos(given("startTimeUnixNano")),
                "end": values.nanos(given("endTimeUnixNano")),
                "status": status.get("code"),
                "status_message": status.get("message"),
                "events": [],
            }
            _span(reader, source, shared | span)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _attributes(part: dict[str, Any]) -> dict[str, Any]:
    found = part.get("attributes")
    if isinstance(found, dict):
        return {name: values.plain(value) for name, value in found.items()}
    pairs = [pair for pair in found if isinstance(pair, dict)] if isinstance(found, list) else []
    return {str(pair.get("key")): values.plain(pair.get("value")) for pair in pairs}


def _source(resource: dict[str, Any], report: Report) -> Source:
    name, host = resource.get("service.name"), resource.get("host.name")
    named = name if isinstance(name, str) and not name.startswith(_UNKNOWN) else ""
    return Source(report.project or named, host if isinstance(host, str) else None)


def _span(reader: TraceReader, source: Source, given: dict[str, Any]) -> None:
    attributes: dict[str, Any] = given["attributes"]
    kind = _word(given["kind"], _KINDS)
    name = given["name"] if isinstance(given["name"], str) else ""
    statement = attributes.get("db.query.text") or attributes.get("db.statement")
    reader.span(
        source,
        trace_id=given["trace"],
        span_id=given["id"],
        parent_id=given["parent"],
        op=_op(attributes, kind),
        name=statement or name,
        start=given["start"],
        end=given["end"],
        status=_word(given["status"], _STATUSES),
        # An event is called like the span that raised it, whichever that is.
        transaction=name,
        data={
            **attributes,
            "status_message": given["status_message"],
            "events": given["events"],
            "span.name": name if statement else None,
        },
    )


def _line(reader: TraceReader, source: Source, given: dict[str, Any]) -> None:
    number, text = given["number"], given["text"]
    reader.line(
        source,
        time=given["time"],
        message=given["body"],
        level=values.severity(
            number if isinstance(number, int | str) else None, text if isinstance(text, str) else None
        ),
        logger=given["logger"],
        trace_id=given["trace"],
        span_id=given["span"],
        data=given["attributes"],
    )


def _op(attributes: dict[str, Any], kind: str | None) -> str | None:
    for start, op in _OPS:
        if any(name.startswith(start) for name in attributes):
            return f"{op}.{kind}" if op != "db" and kind and kind != "internal" else op
    return kind


def _word(value: object, words: tuple[str | None, ...]) -> str | None:
    """An enumeration as a word, whether it came as its number or by its name: ``STATUS_CODE_ERROR``."""
    if isinstance(value, int) and 0 <= value < len(words):
        return words[value] or None
    word = value.rpartition("_")[2].lower() if isinstance(value, str) else ""
    return word if word in words else None
