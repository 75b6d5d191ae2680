"""Spans and log lines of what OpenTelemetry's exporters sent, in protobuf and in JSON."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.model import Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.otlp.read import read_logs, read_traces
from app.traces.model import Traced
from tests.protocols import captures, hostile

REPORT = captures.report_of("otlp.traces", table.Accepted("", "a" * 32), b"POST /v1/traces HTTP/1.1")
SPAN = {
    "traceId": "b" * 32,
    "spanId": "c" * 16,
    "parentSpanId": "",
    "name": "SELECT shop.items",
    "kind": 3,
    "startTimeUnixNano": str(captures.RECORDED * 1_000),
    "endTimeUnixNano": str(captures.RECORDED * 1_000 + 4_000_000),
    "attributes": [{"key": "db.query.text", "value": {"stringValue": "SELECT * FROM items"}}],
    "status": {"code": 2, "message": "no such table"},
}
RESOURCE = {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}
TRACES = {"resourceSpans": [{"resource": RESOURCE, "scopeSpans": [{"spans": [SPAN]}]}]}
RECORD = {"timeUnixNano": "1", "severityNumber": 9, "body": {"stringValue": "begins"}, "traceId": "b" * 32}
LOGS = {
    "resourceLogs": [
        {"resource": RESOURCE, "scopeLogs": [{"scope": {"name": "pay"}, "logRecords": [RECORD]}]}
    ]
}


def traced(delivery: Delivery) -> Traced:
    assert delivery.traced is not None
    (found,) = delivery.traced()
    return found


@pytest.mark.parametrize(
    "name", ["otel-node/handled_json", "otel-node/handled_json_gzip", "otel-node/handled_proto"]
)
def test_a_span_is_the_same_in_either_encoding(name: str) -> None:
    found = traced(captures.load(name).read())
    (span,) = found.spans
    assert (found.source.project, span.op, span.name, span.status) == (
        "shop",
        "http.server",
        "POST /checkout",
        "error",
    )
    assert (len(span.trace_id), len(span.span_id), span.parent_id) == (32, 16, None)
    assert 0 < span.end - span.start < 10_000


def test_a_span_and_the_lines_in_it_are_of_one_trace() -> None:
    (span,) = traced(captures.load("otel-python/logs.2").read()).spans
    lines = traced(captures.load("otel-python/logs").read()).lines
    assert {line.trace_id for line in lines} == {span.trace_id}
    assert {line.span_id for line in lines} == {span.span_id}
    assert [(line.level, line.message, line.logger) for line in lines] == [
        (Level.INFO, "info line", "shop.pay"),
        (Level.ERROR, "payment failed for ada", "shop.pay"),
        (Level.ERROR, "boom ada", "shop.pay"),
    ]


def test_a_query_says_what_was_asked() -> None:
    delivery = read_traces(REPORT, json.dumps(TRACES).encode())
    (span,) = traced(delivery).spans
    assert (span.op, span.name, span.transaction) == ("db", "SELECT * FROM items", "SELECT shop.items")
    assert (span.status, span.data["status_message"]) == ("error", "no such table")
    assert span.end - span.start == 4_000
    assert (delivery.others, delivery.project) == ({"span": 1}, "shop")


def test_lines_of_errors_alone_are_events() -> None:
    worse = {**RECORD, "severityNumber": 17}
    logs = {"resourceLogs": [{"scopeLogs": [{"logRecords": [worse]}]}]}
    delivery = read_logs(REPORT, json.dumps(logs).encode())
    assert (len(delivery.events), delivery.traced) == (1, None)


@given(hostile.broken(TRACES))
def test_whatever_spans_hold(payload: Any) -> None:
    hostile.check(read_traces(REPORT, json.dumps(payload).encode()))


@given(hostile.broken(LOGS))
def test_whatever_logs_hold(payload: Any) -> None:
    hostile.check(read_logs(REPORT, json.dumps(payload).encode()))
