from typing import Any

import pytest

from app.model import Level
from app.protocols.event import timestamps
from tests.protocols.otlp.requests import (
    NOON,
    deliver,
    log,
    logs,
    one,
    pairs,
    protobuf,
)


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


def test_the_calls_that_led_to_a_log_record() -> None:
    text = 'Traceback (most recent call last):\n  File "/srv/shop/pay.py", line 3, in pay\n    x()\n'
    event = one(logs(log({"code.stacktrace": text}, body={"stringValue": "no card"})))
    unreadable = one(logs(log({"code.stacktrace": "somewhere"}, body={"stringValue": "no card"})))

    assert [frame.function for thread in event.threads for frame in thread.frames] == ["pay"]
    assert event.extra == {}
    assert (unreadable.threads, unreadable.extra) == ((), {"code.stacktrace": "somewhere"})


TRACE = "no card\nTypeError: x is null\n    at pay (/srv/shop/pay.js:3:1)"


@pytest.mark.parametrize("severity", [0, 5, 9, 17])
@pytest.mark.parametrize("encode", [lambda payload: payload, protobuf])
def test_a_text_with_a_stack_trace_is_an_error_whatever_its_severity(encode: Any, severity: int) -> None:
    payload = encode(logs(log(body={"stringValue": TRACE}, severityNumber=severity)))
    (event,) = deliver(payload, signal="logs").events

    assert (event.title, event.message, event.level) == ("TypeError: x is null", "no card", Level.ERROR)
    assert [frame.function for frame in event.exceptions[0].frames] == ["pay"]


@pytest.mark.parametrize("text", ["http", "silly", "audit", "none"])
def test_a_severity_that_nobody_knows_is_no_error(text: str) -> None:
    payload = logs(log(body={"stringValue": "GET"}, severityNumber=0, severityText=text))

    assert deliver(payload).others == {"log": 1}
