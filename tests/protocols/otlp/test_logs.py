from typing import Any

import pytest

from app.model import Level
from app.protocols.event import timestamps
from tests.protocols.otlp.requests import (
    NOON,
    log,
    logs,
    one,
    pairs,
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
