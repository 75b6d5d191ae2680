"""Notifiers of other languages, older payloads, and payloads that no well-behaved notifier sends."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from app.protocols.bugsnag import read
from tests.protocols import captures, hostile
from tests.protocols.bugsnag.requests import ID, REPORT, delivery_of, event_of, raised


def test_a_browser() -> None:
    event = event_of(
        {
            "payloadVersion": "4",
            "exceptions": [
                {
                    "errorClass": "TypeError",
                    "errorMessage": "x is undefined",
                    "message": "x is undefined",
                    "type": "browserjs",
                    "stacktrace": [
                        {"file": "http://localhost:3000/app.js", "method": "pay", "lineNumber": 7}
                        | {"columnNumber": 12, "code": None, "inProject": None},
                        {"file": "http://localhost:3000/node_modules/react/index.js", "lineNumber": 1},
                    ],
                }
            ],
            "severity": "error",
            "unhandled": True,
            "severityReason": {"type": "unhandledException"},
            "app": {"releaseStage": "production", "duration": 12},
            "device": {
                "locale": "cs",
                "userAgent": "Mozilla/5.0 Firefox/140.0",
                "orientation": "landscape-primary",
                "time": "2026-11-23T12:00:01.500Z",
                "id": "c1",
            },
            "request": {"url": "http://localhost:3000/cart?coupon=none"},
            "context": "/cart",
            "breadcrumbs": [
                {"type": "state", "name": "Bugsnag loaded", "timestamp": "2026-11-23T12:00:00Z"},
            ],
            "user": {"id": "c1"},
        },
        notifier={"name": "Bugsnag JavaScript", "version": "9.0.0"},
    )

    assert (event.platform, event.title) == ("javascript", "TypeError: x is undefined")
    library, own = event.exceptions[0].frames
    assert (own.function, own.line, own.column, own.in_app) == ("pay", 7, 12, True)
    assert not library.in_app
    assert event.request is not None
    assert event.request.query == "coupon=none"
    assert event.request.headers == {"User-Agent": "Mozilla/5.0 Firefox/140.0"}
    assert event.contexts["device"] == {"locale": "cs", "orientation": "landscape-primary", "id": "c1"}
    assert event.timestamp.microsecond == 500_000
    assert (event.problems, event.transaction) == ((), "/cart")


def test_the_sessions_of_a_browser_are_counted() -> None:
    body = {"notifier": {}, "app": {}, "device": {}, "sessions": [{"id": "1"}, {"id": "2"}]}

    assert delivery_of(body).others == {"session": 2}
    assert delivery_of(body).events == ()


def test_events_that_come_to_the_route_of_sessions_are_events() -> None:
    report = msgspec.structs.replace(REPORT, protocol="bugsnag.sessions")

    assert len(read.read(report, b'{"events": [{}]}').events) == 1
    assert read.read(report, b"{}").others == {"session": 1}
    assert read.read(report, b"{}").events == ()


def test_the_second_version_of_the_payload() -> None:
    event = event_of(
        {
            "payloadVersion": "2",
            "userId": "42",
            "appVersion": "1.0",
            "releaseStage": "staging",
            "severity": "fatal",
            "exceptions": [raised()],
        }
    )

    assert (event.user, event.release, event.environment) == ({"id": "42"}, "1.0", "staging")
    assert event.level is Level.FATAL
    assert event.problems == ()


@pytest.mark.parametrize(
    ("fields", "level"),
    [
        ({"severity": "error"}, "error"),
        ({"severity": "warning", "unhandled": False}, "warning"),
        ({"severity": "info", "unhandled": True}, "error"),
        ({"severity": "info", "severityReason": {"type": "unhandledException"}}, "error"),
        (
            {"severity": "error", "severityReason": {"type": "log", "attributes": {"level": "CRITICAL"}}},
            "fatal",
        ),
        ({"severity": "error", "severityReason": {"type": "log", "attributes": {"level": "LOUD"}}}, "error"),
        ({}, "error"),
    ],
)
def test_levels(fields: dict[str, Any], level: str) -> None:
    assert event_of({"exceptions": [raised()], **fields}).level == level


def test_several_events_have_ids_of_their_own() -> None:
    first, second = delivery_of({"events": [{"context": "a"}, {"context": "b"}]}).events

    assert (first.event_id, first.transaction, second.transaction) == (ID, "a", "b")
    assert second.event_id not in (ID, "")
    assert delivery_of({"events": [{}, {}]}).events[1].event_id == second.event_id


def test_more_events_than_anybody_sends_are_not_all_read() -> None:
    events = delivery_of({"events": [{}] * 1_500}).events

    assert len(events) == 1_000
    assert events[0].problems == ("The payload holds 1,500 events; the first 1,000 are shown.",)


@pytest.mark.parametrize("payload", [{}, {"events": []}, {"apiKey": "k", "events": None}])
def test_a_payload_without_events_says_so(payload: dict[str, Any]) -> None:
    (event,) = delivery_of(payload).events

    assert event.problems == ("The payload holds no events.",)
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"


def test_unmapped_fields_go_into_extra_under_their_names() -> None:
    event = event_of(
        {
            "exceptions": [raised(stacktrace=[{"file": "a.c", "frameAddress": "0x1"}], type="odd")],
            "usage": {"config": {}},
            "response": {"statusCode": 500},
            "metaData": {"request": "GET /", "empty": {}, "tab": 5},
            "device": {"time": "2026-11-23T12:00:00Z", "userAgent": 5, "runtimeVersions": "none"},
        },
        notifier={"name": "n", "version": "1", "dependencies": [{"name": "d"}]},
        shape="unknown",
    )

    assert event.extra == {
        "tab": 5,
        "request": {"request": "GET /"},
        "shape": "unknown",
        "exceptions.0.stacktrace.0.frameAddress": "0x1",
        "exceptions.0.type": "odd",
        "usage": {"config": {}},
        "notifier": {"dependencies": [{"name": "d"}]},
    }
    assert event.contexts == {
        "response": {"statusCode": 500},
        "device": {"userAgent": 5, "runtimeVersions": "none"},
    }
    assert event.problems == ()


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ({"exceptions": "boom"}, "exceptions"),
        ({"exceptions": {"errorClass": "E"}}, "exceptions"),
        ({"exceptions": [5]}, "exceptions.0"),
        ({"exceptions": [{"errorClass": ["E"]}]}, "exceptions.0.errorClass"),
        ({"exceptions": [{"stacktrace": {"file": "x"}}]}, "exceptions.0.stacktrace"),
        ({"exceptions": [{"stacktrace": ["at x"]}]}, "exceptions.0.stacktrace.0"),
        ({"exceptions": [{"stacktrace": [{"code": "text"}]}]}, "exceptions.0.stacktrace.0.code"),
        ({"exceptions": [{"stacktrace": [{"inProject": "yes"}]}]}, "exceptions.0.stacktrace.0.inProject"),
        ({"exceptions": [{"stacktrace": [{"lineNumber": "x"}]}]}, "exceptions.0.stacktrace.0.lineNumber"),
        ({"metaData": [1]}, "metaData"),
        ({"metaData": "text"}, "metaData"),
        ({"user": "ada"}, "user"),
        ({"app": [1]}, "app"),
        ({"device": 5}, "device"),
        ({"breadcrumbs": {"name": "x"}}, "breadcrumbs"),
        ({"breadcrumbs": [{"timestamp": "soon"}]}, "breadcrumbs.0.timestamp"),
        ({"featureFlags": "on"}, "featureFlags"),
        ({"severityReason": "log"}, "severityReason"),
        ({"unhandled": "yes"}, "unhandled"),
        ({"threads": {"id": 1}}, "threads"),
        ({"groupingHash": {"a": 1}}, "groupingHash"),
    ],
)
def test_wrong_types_go_into_extra_with_a_problem(event: dict[str, Any], place: str) -> None:
    value: Any = event
    for step in place.split("."):
        value = value[int(step) if step.isdigit() else step]

    read_event = event_of({**event, "context": "still here"})

    assert read_event.extra[place] == value
    assert any(place in problem for problem in read_event.problems)
    assert read_event.transaction == "still here"


@pytest.mark.parametrize(
    ("event", "field", "value"),
    [
        ({"context": 42}, "transaction", "42"),
        ({"groupingHash": 1.5}, "fingerprint", ("1.5",)),
        ({"app": {"version": 3}}, "release", "3"),
        ({"device": {"hostname": True}}, "server_name", "true"),
        ({"featureFlags": [{"featureFlag": 1, "variant": False}]}, "tags", {"1": "false"}),
    ],
)
def test_scalars_of_the_wrong_type_are_read_as_text(event: dict[str, Any], field: str, value: object) -> None:
    assert getattr(event_of(event), field) == value


@pytest.mark.parametrize(
    "time", ["tomorrow", 5, "1999-01-01T00:00:00Z", "2036-01-01T00:00:00Z", 1e300, -1, True]
)
def test_impossible_times_are_replaced_and_go_into_extra(time: object) -> None:
    event = event_of({"device": {"time": time}})

    assert event.timestamp == event.received_at
    assert event.extra["timestamp"] == time
    assert "time of arrival" in event.problems[0]


@pytest.mark.parametrize(("value", "problem"), hostile.BENT)
def test_json_that_bends_the_rules(value: bytes, problem: str | None) -> None:
    body = b'{"events": [{"metaData": {"tab": {"odd": %b}}, "exceptions": [{"errorClass": "E"}]}]}' % value
    (event,) = delivery_of(body).events

    assert event.title == "E"
    assert "tab" in event.extra
    if problem is not None:
        assert any(problem in said for said in event.problems), event.problems


@pytest.mark.parametrize("body", hostile.UNREADABLE)
def test_what_is_no_payload_is_still_seen(body: bytes) -> None:
    (event,) = delivery_of(body).events

    assert event.event_id == ID
    assert event.problems
    assert event.extra


def test_a_payload_cut_short_shows_what_came() -> None:
    body = captures.load("bugsnag-python/handled").body()
    for place in range(600, len(body) - 4, 97):
        (event,) = delivery_of(body[:place]).events
        assert event.title.startswith("PaymentError: invalid order 1042")
        assert "cut short" in event.problems[0]


REAL = {
    name: json.loads(captures.load(name).body())
    for name in ("bugsnag-python/django", "bugsnag-node/express", "bugsnag-python/logerror.2")
}


@given(st.sampled_from(list(REAL.values())).flatmap(hostile.broken))
def test_anything_anywhere_becomes_events(payload: Any) -> None:
    delivery = read.read(REPORT, json.dumps(payload).encode())

    assert hostile.check(delivery) or delivery.others


@given(st.binary(max_size=200) | hostile.JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_become_something(body: bytes) -> None:
    delivery = read.read(REPORT, body)

    assert hostile.check(delivery) or delivery.others
