import json
from typing import Any

import pytest

from app.model import Level, Report, Sdk
from app.protocols.protocol import Accepted
from app.protocols.sentry import logs, read
from tests.protocols.captures import report_of

ID = "0123456789abcdef0123456789abcdef"
REPORT: Report = report_of("sentry.envelope", Accepted("shop", ID))


def record(**fields: Any) -> dict[str, Any]:
    return {"timestamp": 1796001032.5, "level": "error", "body": "disk full", **fields}


def payload(*items: Any) -> bytes:
    return json.dumps({"items": items}).encode()


def test_errors_are_events_and_the_rest_is_counted() -> None:
    body = payload(record(), record(level="info"), record(level="fatal", body="gone"), record(level="warn"))

    events, quiet = logs.read(body, REPORT, ID)

    assert [(event.title, event.level) for event in events] == [
        ("disk full", Level.ERROR),
        ("gone", Level.FATAL),
    ]
    assert events[0].event_id == ID
    assert len({event.event_id for event in events}) == 2
    assert quiet == 2


def test_attributes_have_their_places() -> None:
    attributes = {
        "sentry.release": {"value": "shop@1.2", "type": "string"},
        "sentry.environment": {"value": "test"},
        "sentry.message.template": {"value": "disk %s"},
        "sentry.sdk.name": {"value": "sentry.python"},
        "used": {"value": 0.99, "type": "double"},
        "odd": 5,
    }

    [event], _quiet = logs.read(payload(record(attributes=attributes, trace_id="a" * 32)), REPORT, ID)

    assert (event.release, event.environment) == ("shop@1.2", "test")
    assert event.contexts == {"trace": {"trace_id": "a" * 32}}
    assert event.sdk == Sdk(name="sentry.python")
    assert (event.extra["used"], event.extra["odd"]) == (0.99, 5)
    assert event.extra["logentry"]["message"] == "disk %s"


@pytest.mark.parametrize(
    "odd",
    [
        None,
        5,
        "text",
        [],
        {},
        {"level": 7, "body": {"not": "text"}, "timestamp": "yesterday", "attributes": None},
        {"level": "error", "body": None},
        {"level": "error", "body": "cut \ud83d", "attributes": {"a": None}},
        {"severity_number": 21, "attributes": [1]},
    ],
)
def test_one_odd_record_costs_no_neighbour(odd: Any) -> None:
    events, quiet = logs.read(payload(record(body="first"), odd, record(body="last")), REPORT, ID)

    assert (events[0].title, events[-1].title) == ("first", "last")
    assert len(events) + quiet == 3


def test_a_stack_trace_in_the_text_is_read_whatever_the_level() -> None:
    body = "charge failed\nTypeError: x is null\n    at pay (/srv/shop/pay.js:3:1)"

    [event], quiet = logs.read(payload(record(level="info", body=body), record(level="http")), REPORT, ID)

    assert (event.title, event.message, event.level) == ("TypeError: x is null", "charge failed", Level.ERROR)
    assert [frame.function for frame in event.exceptions[0].frames] == ["pay"]
    assert event.extra["level"] == "info"
    assert quiet == 1


def test_the_place_that_logged_is_a_thread_and_attributes_may_name_an_exception() -> None:
    place = {"code.file.path": {"value": "/srv/pay.py"}, "code.line.number": {"value": 3}}
    raised = {"exception.type": {"value": "PaymentError"}, "exception.message": {"value": "no card"}}

    [message, error], _quiet = logs.read(
        payload(record(attributes=place), record(body="oh", attributes=raised)), REPORT, ID
    )

    assert [frame.line for frame in message.threads[0].frames] == [3]
    assert (error.title, error.message) == ("PaymentError: no card", "oh")


def test_an_exception_of_attributes_has_its_stack() -> None:
    stack = "TypeError: x is null\n    at pay (/srv/shop/pay.js:3:1)"
    attributes = {
        "exception.type": "TypeError",
        "exception.message": "x is null",
        "exception.stacktrace": stack,
    }

    [event], _quiet = logs.read(payload(record(body="x is null", attributes=attributes)), REPORT, ID)

    assert (event.title, event.message) == ("TypeError: x is null", None)
    assert len(event.exceptions[0].frames) == 1


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"level": "error"}, Level.ERROR),
        ({"level": "http", "severity_number": 21}, Level.FATAL),
        ({"attributes": {"sentry.severity_number": {"value": 17}}}, Level.ERROR),
        ({"attributes": {"sentry.severity_text": {"value": "fatal"}}}, Level.FATAL),
        ({"severity_number": True}, None),
        ({"level": "http"}, None),
        ({}, None),
    ],
)
def test_the_level_by_word_or_number(fields: dict[str, Any], level: Level | None) -> None:
    assert logs.level(fields) is level


def test_the_envelope_names_the_client_and_the_release() -> None:
    header = {"sdk": {"name": "sentry.php", "version": "4"}, "trace": {"release": "shop@2"}}
    item = b'{"type":"log","item_count":1}'
    body = b"\n".join((json.dumps(header).encode(), item, payload(record())))

    (event,) = read.read_envelope(REPORT, body).events

    assert (event.sdk, event.platform, event.release) == (
        Sdk(name="sentry.php", version="4"),
        "php",
        "shop@2",
    )


@pytest.mark.parametrize(("origin", "events"), [("stdlib", 0), ("loguru", 0), ("console", 1), ("winston", 1)])
def test_what_the_same_client_sends_as_an_event_is_counted(origin: str, events: int) -> None:
    sent = record(attributes={"sentry.origin": {"value": f"auto.log.{origin}"}})

    found, quiet = logs.read(payload(sent), REPORT, ID)

    assert (len(found), quiet) == (events, 1 - events)


@pytest.mark.parametrize("body", [b"", b"[]", b"broken", b'{"items": 5}'])
def test_a_log_that_is_none_is_seen(body: bytes) -> None:
    [event], quiet = logs.read(body, REPORT, ID)

    assert event.problems
    assert quiet == 0


@pytest.mark.parametrize("body", [record(), [record(), record(level="info")]])
def test_records_without_an_item_around_them_are_read(body: Any) -> None:
    [event], _quiet = logs.read(json.dumps(body).encode(), REPORT, ID)

    assert event.title == "disk full"
    assert "payload" not in event.extra


def test_ids_of_a_trace_that_are_none_are_kept() -> None:
    [event], _quiet = logs.read(payload(record(trace_id=5)), REPORT, ID)

    assert (event.contexts, event.extra["trace_id"]) == ({}, 5)
    assert any("trace_id should be text" in problem for problem in event.problems)


def test_logs_in_an_envelope() -> None:
    item = b'{"type":"log","item_count":2}'
    body = b"\n".join((b"{}", item, payload(record(), record(level="info")), item, payload(record(body="b"))))

    delivery = read.read_envelope(REPORT, body)

    assert [event.title for event in delivery.events] == ["disk full", "b"]
    assert len({event.event_id for event in delivery.events}) == 2
    assert delivery.others == {"log": 1}
