"""Reads the spans and log lines of an envelope: transactions, spans of both versions, logs.

See https://develop.sentry.dev/sdk/telemetry/. A transaction is an event with a list of spans, and is a span
itself. Later clients send spans on their own: alone, or as a list of those that a version calls 2.
"""

from collections.abc import Sequence
from typing import Any

from app.model import Report
from app.protocols.event.trace_reader import TraceReader, some_text
from app.protocols.sentry import app_name, logs
from app.protocols.sentry.envelope import EnvelopeItem
from app.protocols.wire import fitting
from app.protocols.wire.notes import Notes
from app.traces.model import Source, Traced

KINDS = frozenset(("transaction", "span", "log"))
# What is said of every span, and tells nothing of it.
_NOISE = ("sentry.sdk.", "sentry.trace_lifecycle", "process.runtime.", "sentry.segment.")


def read(items: Sequence[EnvelopeItem], report: Report, project: str) -> tuple[Traced, ...]:
    """What these items hold; `project` is that of the envelope. Raises nothing."""
    reader = TraceReader(report)
    for item in items:
        value = fitting.lenient(item.payload, Notes())
        if isinstance(value, dict):
            _READERS[item.type](value, reader, report.project or project)
    return reader.traced()


def _read_transaction(value: dict[str, Any], reader: TraceReader, project: str) -> None:
    context = _object(_object(value, "contexts"), "trace")
    source = Source(
        project or app_name.in_release(value.get("release")) or "", some_text(value.get("server_name"))
    )
    name = some_text(value.get("transaction")) or ""
    trace_id = context.get("trace_id")
    request = _object(value, "request")
    reader.span(
        source,
        trace_id=trace_id,
        span_id=context.get("span_id"),
        parent_id=context.get("parent_span_id"),
        op=context.get("op"),
        name=name,
        start=value.get("start_timestamp"),
        end=value.get("timestamp"),
        status=context.get("status"),
        transaction=name,
        data={
            **_object(context, "data"),
            "request": {key: request[key] for key in ("method", "url") if key in request},
            "tags": value.get("tags"),
            "measurements": value.get("measurements"),
            "release": value.get("release"),
            "environment": value.get("environment"),
        },
    )
    spans = value.get("spans")
    for span in spans if isinstance(spans, list) else ():
        if isinstance(span, dict):
            _read_older(span, reader, source, trace_id)


def _read_older(span: dict[str, Any], reader: TraceReader, source: Source, trace_id: object = None) -> None:
    data = _object(span, "data")
    tags = span.get("tags")
    is_segment = span.get("is_segment") is True
    reader.span(
        source,
        trace_id=span.get("trace_id") or trace_id,
        span_id=span.get("span_id"),
        parent_id=span.get("parent_span_id"),
        op=span.get("op") or data.get("sentry.op"),
        name=span.get("description") or span.get("name"),
        start=span.get("start_timestamp"),
        end=span.get("timestamp"),
        status=span.get("status"),
        transaction=span.get("description") if is_segment else None,
        data={**data, "tags": tags} if tags else data,
    )


def _read_spans(value: dict[str, Any], reader: TraceReader, project: str) -> None:
    items = value.get("items")
    if not isinstance(items, list):
        release = _object(value, "data").get("sentry.release")
        _read_older(value, reader, Source(project or app_name.in_release(release) or ""))
        return
    for span in items:
        if isinstance(span, dict):
            _read_newer(span, reader, project)


def _read_newer(span: dict[str, Any], reader: TraceReader, project: str) -> None:
    given = attributes(span)
    name = span.get("name")
    release = given.get("sentry.release")
    reader.span(
        # Its server.address is the machine that it talked to.
        Source(project or app_name.in_release(release) or ""),
        trace_id=span.get("trace_id"),
        span_id=span.get("span_id"),
        parent_id=span.get("parent_span_id"),
        op=given.pop("sentry.op", None),
        name=given.pop("sentry.description", None) or name,
        start=span.get("start_timestamp"),
        end=span.get("end_timestamp"),
        status=span.get("status"),
        transaction=name if span.get("is_segment") is True else None,
        data={key: part for key, part in given.items() if not key.startswith(_NOISE)},
    )


def _read_logs(value: dict[str, Any], reader: TraceReader, project: str) -> None:
    items = value.get("items")
    for record in items if isinstance(items, list) else ():
        if not isinstance(record, dict):
            continue
        given = attributes(record)
        reader.line(
            _source(given, project),
            time=record.get("timestamp"),
            message=record.get("body"),
            level=logs.level(record),
            logger=given.pop("logger.name", None),
            trace_id=record.get("trace_id"),
            span_id=record.get("span_id") or given.pop("sentry.trace.parent_span_id", None),
            data={key: part for key, part in given.items() if not key.startswith(("sentry.", *_NOISE))},
        )


def attributes(record: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a record by name, each without its type."""
    return {name: logs.plain(value) for name, value in _object(record, "attributes").items()}


def _source(given: dict[str, Any], project: str) -> Source:
    named = project or app_name.in_release(given.get("sentry.release")) or ""
    return Source(named, some_text(given.get("server.address")))


def _object(value: dict[str, Any], name: str) -> dict[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}


_READERS = {"transaction": _read_transaction, "span": _read_spans, "log": _read_logs}
