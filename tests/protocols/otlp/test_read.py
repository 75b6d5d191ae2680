"""What OTLP says, in either encoding, and what becomes of it."""

import json
from typing import Any

import pytest

from app.model import Level
from app.protocols.event import timestamps
from tests.protocols.otlp.requests import (
    NOON,
    SHOP,
    SPAN,
    TRACE,
    deliver,
    log,
    logs,
    one,
    pairs,
    protobuf,
    raised,
    resource,
    span,
    traces,
)


@pytest.mark.parametrize("kind", ["json", "protobuf"])
def test_both_encodings_are_recognised_in_the_body(kind: str) -> None:
    """Whatever the header says, and with none."""
    payload = traces(span(raised()))
    written = json.dumps(payload).encode() if kind == "json" else protobuf(payload)

    for announced in ("json", "protobuf", ""):
        event = one(written, kind=announced, signal="traces")
        assert event.title == "NoCard: 1"
        assert event.contexts["trace"] == {"trace_id": TRACE, "span_id": SPAN}
        assert event.timestamp == timestamps.parse("2026-11-23T12:00:00Z")


@pytest.mark.parametrize("payload", [traces(span(raised(order=3))), logs(log({"exception.type": "E"}))])
def test_both_encodings_have_the_same_ids(payload: dict[str, Any]) -> None:
    signal = "logs" if "resourceLogs" in payload else "traces"
    (as_json,), (as_protobuf,) = deliver(payload).events, deliver(protobuf(payload), signal=signal).events

    assert as_json == as_protobuf


def test_names_as_in_the_proto_files_are_understood() -> None:
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


def test_ids_in_base64_are_the_same_ids() -> None:
    as_base64: dict[str, Any] = {"traceId": "W47/95gDgQPSabYzgT/GDA==", "spanId": "7uGbfsPBsXQ="}

    assert one(traces(span(raised(), **as_base64))) == one(traces(span(raised())))


def test_several_resources_are_several_projects() -> None:
    payload = {
        "resourceSpans": [
            *traces(span(raised()), of=resource(service__name="unknown_service:node"))["resourceSpans"],
            *traces(span(raised()), of=SHOP)["resourceSpans"],
            *traces(span(raised()), of=resource(service__name="stock"))["resourceSpans"],
        ]
    }

    delivery = deliver(payload)

    assert [event.project for event in delivery.events] == ["otlp", "shop", "stock"]
    assert delivery.project == "shop"
    assert {event.project for event in deliver(payload, project="mine").events} == {"mine"}


def test_what_the_resource_tells() -> None:
    source = resource(
        service__name="shop",
        service__version="2.0",
        service__namespace="web",
        deployment__environment="staging",
        host__name="web-1",
        telemetry__sdk__language="dotnet",
        telemetry__sdk__name="opentelemetry",
        telemetry__sdk__version="1.9",
        process__runtime__name=".NET",
        process__runtime__version="8.0",
        os__type="linux",
    )

    event = one(traces(span(raised()), of=source))

    assert (event.release, event.environment, event.server_name) == ("2.0", "staging", "web-1")
    assert event.platform == "csharp"
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("opentelemetry", "1.9")
    assert event.contexts["runtime"] == {"name": ".NET", "version": "8.0"}
    assert event.contexts["os"] == {"name": "linux"}
    assert event.contexts["resource"] == {"service.namespace": "web"}


def test_a_new_name_goes_before_an_old_one_and_nothing_is_lost() -> None:
    source = resource(deployment__environment__name="new", deployment__environment="old")

    event = one(traces(span(raised()), of=source))

    assert event.environment == "new"
    assert event.contexts["resource"] == {"deployment.environment": "old"}


def test_each_exception_of_a_span_is_an_event() -> None:
    other = {"name": "retried", "timeUnixNano": str(NOON), "attributes": pairs({"n": 2})}
    delivery = deliver(traces(span(raised(), other, raised(NOON + 1), raised(NOON + 1)), span(other), span()))

    assert len({event.event_id for event in delivery.events}) == 3
    assert delivery.others == {"span": 2}
    for event in delivery.events:
        (crumb,) = event.breadcrumbs
        assert (crumb.message, crumb.category, crumb.data) == ("retried", None, {"n": 2})


@pytest.mark.parametrize(
    ("escaped", "handled"), [(True, False), ("True", False), ("true", False), (False, None), ("False", None)]
)
def test_only_what_escaped_is_known_to_be_unhandled(escaped: Any, handled: bool | None) -> None:
    event = one(traces(span(raised(**{"exception.escaped": escaped}))))

    mechanism = event.exceptions[-1].mechanism
    assert mechanism is not None
    assert mechanism.get("handled") is handled
    assert mechanism["escaped"] == (escaped if isinstance(escaped, str) else str(escaped).lower())


def test_an_exception_without_a_stack_trace_is_where_the_span_says() -> None:
    happened = {"name": "exception", "attributes": pairs({"exception.type": "java.io.IOException"})}
    code = {
        "code.filepath": "Cart.java",
        "code.namespace": "shop.Cart",
        "code.function": "pay",
        "code.lineno": 9,
    }

    event = one(traces(span(happened, attributes=code, endTimeUnixNano=str(NOON))))

    (only,) = event.exceptions
    assert (only.type, only.module, only.value) == ("IOException", "java.io", None)
    (frame,) = only.frames
    assert (frame.filename, frame.module, frame.function, frame.line) == ("Cart.java", "shop.Cart", "pay", 9)
    assert event.timestamp == timestamps.parse("2026-11-23T12:00:00Z")


def test_a_stack_trace_of_no_known_language_is_kept() -> None:
    told = {"exception.type": "*errors.errorString", "exception.stacktrace": "somewhere in the cart"}

    event = one(traces(span({"name": "exception", "attributes": pairs(told)})))

    assert event.title == "*errors.errorString"
    assert event.extra == {"exception.stacktrace": "somewhere in the cart"}


def test_an_event_that_only_calls_itself_exception() -> None:
    event = one(traces(span({"name": "exception"}, status={"code": 2, "message": "it broke"})))

    assert (event.title, event.exceptions) == ("it broke", ())


@pytest.mark.parametrize(
    ("attributes", "url", "query"),
    [
        (
            {"url.scheme": "https", "server.address": "shop.test", "server.port": 8443, "url.path": "/pay"},
            "https://shop.test:8443/pay",
            None,
        ),
        ({"url.path": "/pay", "url.query": "a=1"}, "/pay?a=1", "a=1"),
        (
            {"http.scheme": "http", "http.host": "shop.test:80", "http.target": "/pay?a=1"},
            "http://shop.test:80/pay?a=1",
            "a=1",
        ),
        ({"http.url": "http://shop.test/pay?a=1#top"}, "http://shop.test/pay?a=1#top", "a=1"),
        ({"http.method": "GET"}, "/", None),
    ],
)
def test_the_address_of_a_request(attributes: dict[str, Any], url: str, query: str | None) -> None:
    event = one(traces(span(raised(), attributes=attributes)))

    assert event.request is not None
    assert (event.request.url, event.request.query) == (url, query)
    assert (event.tags, event.extra) == ({}, {})


def test_the_rest_of_a_request() -> None:
    attributes = {
        "http.request.method": "POST",
        "http.method": "POST",
        "http.request.header.x-shop": ["north", "east"],
        "http.user_agent": "UA/1",
        "client.address": "203.0.113.9",
        "http.status_code": 500,
        "http.route": "/pay",
    }

    event = one(traces(span(raised(), attributes=attributes)))

    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.headers == {"User-Agent": "UA/1", "x-shop": "north, east"}
    assert event.request.env == {"REMOTE_ADDR": "203.0.113.9"}
    assert event.contexts["response"] == {"status_code": 500}
    assert event.tags == {"http.route": "/pay"}


def test_what_the_app_asked_of_others_is_no_request_of_its_own() -> None:
    attributes = {"http.request.method": "GET", "url.full": "http://bank.test/"}

    for kind in (3, "SPAN_KIND_CLIENT"):
        event = one(traces(span(raised(), attributes=attributes, kind=kind)))
        assert event.request is None
        assert event.tags == attributes
        assert event.contexts["span"]["kind"] == "client"


def test_the_address_of_a_database_is_no_request() -> None:
    event = one(traces(span(raised(), attributes={"server.address": "db", "db.system": "mysql"})))

    assert event.request is None
    assert event.tags == {"server.address": "db", "db.system": "mysql"}


def test_the_user() -> None:
    attributes = {"enduser.id": 7, "user.name": "ada", "user.email": "ada@shop.test", "user.roles": ["admin"]}

    event = one(traces(span(raised(), attributes=attributes)))

    assert event.user == {"id": "7", "username": "ada", "email": "ada@shop.test", "roles": ["admin"]}


def test_what_is_left_is_a_tag_where_it_can_be_one() -> None:
    attributes = {
        "customer": "ada",
        "beta": True,
        "items": 2,
        "ratio": 0.5,
        "long": "x" * 201,
        "lines": "a\nb",
        "list": ["a"],
        "empty": "",
    }

    event = one(traces(span(raised(), attributes=attributes)))

    assert event.tags == {"customer": "ada", "beta": "true"}
    assert event.extra == {
        "items": 2,
        "ratio": 0.5,
        "long": "x" * 201,
        "lines": "a\nb",
        "list": ["a"],
        "empty": "",
    }


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"severityNumber": 17}, Level.ERROR),
        ({"severityNumber": 20}, Level.ERROR),
        ({"severityNumber": 21}, Level.FATAL),
        ({"severityNumber": "SEVERITY_NUMBER_ERROR2"}, Level.ERROR),
        ({"severityNumber": "24"}, Level.FATAL),
        ({"severityNumber": None, "severityText": "CRITICAL"}, Level.FATAL),
        ({"severityNumber": 0, "severityText": "Error"}, Level.ERROR),
    ],
)
def test_log_records_of_errors(fields: dict[str, Any], level: Level) -> None:
    event = one(logs(log(body={"stringValue": "no card"}, **fields)))

    assert (event.level, event.message, event.logger) == (level, "no card", "shop.pay")
    assert event.extra == {}


@pytest.mark.parametrize("severity", [None, 0, 1, 8, 9, 16, "SEVERITY_NUMBER_WARN", "INFO"])
def test_other_log_records_are_counted(severity: object) -> None:
    delivery = deliver(logs(log(severityNumber=severity, body={"stringValue": "hello"})))

    assert (delivery.events, delivery.others, delivery.project) == ((), {"log": 1}, "shop")


@pytest.mark.parametrize(("severity", "level"), [(0, "error"), (9, "info"), (13, "warning"), (17, "error")])
def test_a_log_record_with_an_exception_is_always_seen(severity: int, level: str) -> None:
    event = one(logs(log({"exception.message": "no card"}, severityNumber=severity)))

    assert (event.level, event.title) == (level, "no card")


def test_a_structured_body() -> None:
    body = {"kvlistValue": {"values": pairs({"message": "no card", "order": {"id": 3}})}}

    event = one(logs(log(body=body)))

    assert event.message == "no card"
    assert event.extra == {"body": {"message": "no card", "order": {"id": 3}}}
    assert one(logs(log(body={"arrayValue": {"values": []}}, eventName="app.crash"))).message == "[]"
    named = one(logs(log(eventName="app.crash")))
    assert (named.message, named.tags) == ("app.crash", {"event.name": "app.crash"})


def test_times_of_log_records() -> None:
    at: dict[str, Any] = {"timeUnixNano": "0", "observedTimeUnixNano": str(NOON)}

    assert one(logs(log(**at))).timestamp == timestamps.parse("2026-11-23T12:00:00Z")
    without = one(logs(log(timeUnixNano=None)))
    assert without.timestamp == without.received_at


def test_records_that_say_the_same_are_not_the_same() -> None:
    payload = logs(log(body={"stringValue": "no card"}), log(body={"stringValue": "no card"}))

    first, second = (event.event_id for event in deliver(payload).events)

    assert first != second
    assert [first, second] == [event.event_id for event in deliver(payload).events]


def test_records_without_any_identity_have_ids_of_their_report() -> None:
    payload = logs(log(timeUnixNano=None), log(timeUnixNano=None))

    ids = [event.event_id for event in deliver(payload).events]

    assert ids[0] == "0123456789abcdef0123456789abcdef"
    assert len({*ids}) == 2


def test_an_empty_request_brings_nothing() -> None:
    for body in (b"", b"{}", b'{"resourceSpans": []}', b'{"resourceSpans": null}'):
        delivery = deliver(body)
        assert (delivery.events, delivery.others) == ((), {})


@pytest.mark.parametrize("signal", ["traces", "logs"])
def test_the_names_of_before_2022_are_understood(signal: str) -> None:
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
