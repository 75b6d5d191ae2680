import json

import pytest

from app.protocols.event import timestamps
from app.protocols.otlp import records
from tests.protocols.otlp.requests import (
    NOON,
    SHOP,
    SPAN,
    TRACE,
    deliver,
    log,
    logs,
    one,
    protobuf,
    raised,
    resource,
    span,
    traces,
)


@pytest.mark.parametrize("kind", ["json", "protobuf"])
def test_the_body_shows_its_encoding_whatever_the_header_says(kind: str) -> None:
    payload = traces(span(raised()))
    written = json.dumps(payload).encode() if kind == "json" else protobuf(payload)

    for announced in ("json", "protobuf", ""):
        event = one(written, kind=announced, signal="traces")
        assert event.title == "NoCard: 1"
        assert event.contexts["trace"] == {"trace_id": TRACE, "span_id": SPAN}
        assert event.timestamp == timestamps.parse("2026-11-23T12:00:00Z")


def test_names_in_snake_case_are_read() -> None:
    snake = {
        "resource_spans": [
            {
                "resource": SHOP,
                "scope_spans": [
                    {
                        "spans": [
                            {
                                "trace_id": TRACE,
                                "span_id": SPAN,
                                "events": [
                                    {
                                        "name": "exception",
                                        "time_unix_nano": NOON,
                                        "attributes": [
                                            {"key": "exception.type", "value": {"string_value": "E"}},
                                            {"key": "exception_code", "value": {"int_value": 3}},
                                        ],
                                    }
                                ],
                            }
                        ]
                    }
                ],
            }
        ]
    }

    event = one(snake)

    assert (event.title, event.project, event.extra) == ("E", "shop", {"exception_code": 3})
    assert event.contexts["trace"] == {"trace_id": TRACE, "span_id": SPAN}


@pytest.mark.parametrize("severity", [None, 0, 1, 8, 9, 16, "SEVERITY_NUMBER_WARN", "INFO"])
def test_other_log_records_are_counted(severity: object) -> None:
    delivery = deliver(logs(log(severityNumber=severity, body={"stringValue": "hello"})))

    assert (delivery.events, delivery.others, delivery.project) == ((), {"log": 1}, "shop")


@pytest.mark.parametrize("signal", ["traces", "logs"])
def test_names_from_before_2022_are_read(signal: str) -> None:
    """As @opentelemetry/exporter-collector for JavaScript has them in JSON."""
    payload = traces(span(raised())) if signal == "traces" else logs(log({"exception.type": "NoCard"}))
    text = json.dumps(payload).replace('"scope"', '"instrumentationLibrary"')
    for today, before in {
        "scopeSpans": "instrumentationLibrarySpans",
        "scopeLogs": "instrumentationLibraryLogs",
        "logRecords": "logs",
    }.items():
        text = text.replace(f'"{today}"', f'"{before}"')

    (event,), (today_event,) = deliver(json.loads(text)).events, deliver(payload).events

    assert event == today_event


def test_an_error_comes_with_its_resource_and_scope_and_the_others_are_only_counted() -> None:
    error, calm = log(body={"stringValue": "no card"}), log(severityNumber=9)
    stock = resource(service__name="stock")
    request = {"resourceLogs": [*logs(calm)["resourceLogs"], *logs(error, calm, of=stock)["resourceLogs"]]}

    found = records.find(json.dumps(request).encode(), "application/json", "logs")
    (record,) = found.seen

    assert (record.resource, record.scope, record.record) == (stock, {"name": "shop.pay"}, error)
    assert (found.others, found.resources, found.notes.problems) == (2, [SHOP, stock], [])


@pytest.mark.parametrize("body", [b"\xff\xff\xff", b'\n{"resourceSpans": []}'])
def test_a_body_in_neither_encoding_is_a_problem(body: bytes) -> None:
    found = records.find(body, "application/x-protobuf", "spans")

    assert found.seen == []
    assert "no readable protobuf" in found.notes.problems[0]
    assert found.notes.kept == {"payload": body.decode("utf-8", "replace")}


def test_json_may_begin_with_a_blank_line_where_the_header_says_json() -> None:
    found = records.find(b"\n" + json.dumps(traces(span(raised()))).encode(), "application/json", "spans")

    assert len(found.seen) == 1
