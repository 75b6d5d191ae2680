"""Reads the transactions, spans and log lines of a body: durations in milliseconds, times in microseconds.

See docs/spec/v2 and docs/spec/rumv3 in https://github.com/elastic/apm-server. Browsers send a transaction
with its spans inside, all with short names, and without a time: it ended when it was sent.
"""

from typing import Any

from app.model import Report
from app.protocols.elastic import log_lines
from app.protocols.elastic.lines import Lines
from app.protocols.event import levels
from app.protocols.event.trace_reader import TraceReader, some_text
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes
from app.traces.model import Source, Traced

_STATUSES = {"success": "ok", "failure": "error"}
_SHORT = {
    "id": "id",
    "tid": "trace_id",
    "xid": "transaction_id",
    "pid": "parent_id",
    "n": "name",
    "t": "type",
    "su": "subtype",
    "d": "duration",
    "o": "outcome",
    "rt": "result",
    "c": "context",
}
_LOG_FIELDS = frozenset(
    ["message", "@timestamp", "log.level", "log.logger", "trace.id", "transaction.id", "span.id"]
)


def read(lines: Lines, report: Report) -> tuple[Traced, ...]:
    """What the counted lines hold. Raises nothing."""
    reader = TraceReader(report)
    for kind, line, metadata in lines.traced:
        value = fitting.lenient(line, Notes())
        record = value.get(kind.decode()) if isinstance(value, dict) else None
        if not isinstance(record, dict):
            continue
        source = _source(metadata, report)
        if kind == b"log":
            _log(reader, source, record)
        elif kind in (b"x", b"y"):
            _browser(reader, source, record, report)
        else:
            _span(reader, source, record, is_transaction=kind == b"transaction")
    return reader.traced()


def _source(metadata: dict[str, Any], report: Report) -> Source:
    service, system = _object(metadata, "service"), _object(metadata, "system")
    name = service.get("name")
    server = system.get("configured_hostname") or system.get("detected_hostname") or system.get("hostname")
    return Source(report.project or (name if isinstance(name, str) else ""), some_text(server))


def _span(reader: TraceReader, source: Source, record: dict[str, Any], *, is_transaction: bool) -> None:
    name = some_text(record.get("name"))
    outcome = record.get("outcome")
    context = _object(record, "context")
    statement = _object(context, "db").get("statement")
    reader.span(
        source,
        trace_id=record.get("trace_id"),
        span_id=record.get("id"),
        parent_id=record.get("parent_id") or record.get("transaction_id"),
        op=".".join(filter(None, (some_text(record.get(part)) for part in ("type", "subtype", "action")))),
        name=statement or name,
        start=record.get("timestamp"),
        seconds=_seconds(record.get("duration")),
        status=_STATUSES.get(outcome, outcome) if isinstance(outcome, str) else None,
        transaction=name if is_transaction else None,
        data={**context, "result": record.get("result"), "span.name": name if statement else None},
    )


def _browser(reader: TraceReader, source: Source, short: dict[str, Any], report: Report) -> None:
    record = _long(short)
    seconds = _seconds(record.get("duration")) or 0.0
    begun = report.received_at - int(min(seconds, 1e6) * 1_000_000)
    trace_id, own_id = record.get("trace_id"), record.get("id")
    _span(reader, source, {**record, "timestamp": begun}, is_transaction=True)
    parts = record.get("y")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict):
            offset = _seconds(part.get("s")) or 0.0
            at = begun + int(min(offset, 1e6) * 1_000_000)
            span: dict[str, Any] = {"trace_id": trace_id, "transaction_id": own_id, "timestamp": at}
            _span(reader, source, span | _long(part), is_transaction=False)


def _long(short: dict[str, Any]) -> dict[str, Any]:
    return {_SHORT.get(name, name): value for name, value in short.items()}


def _log(reader: TraceReader, source: Source, record: dict[str, Any]) -> None:
    flat = log_lines.flattened(record)
    reader.line(
        source,
        time=flat.get("@timestamp"),
        message=flat.get("message"),
        level=levels.find(flat.get("log.level")),
        logger=flat.get("log.logger"),
        trace_id=flat.get("trace.id"),
        span_id=flat.get("span.id") or flat.get("transaction.id"),
        data={
            name: value
            for name, value in record.items()
            if name not in (*_LOG_FIELDS, "log", "trace", "span")
        },
    )


def _seconds(milliseconds: object) -> float | None:
    if not isinstance(milliseconds, int | float) or type(milliseconds) is bool:
        return None
    return milliseconds / 1000 if 0 <= milliseconds < 1e12 else None


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}
