"""OTLP that no SDK sends: nothing raises, nothing is lost, and what is odd is said."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event
from app.protocols.wire import lenient_json
from tests.protocols import captures, hostile
from tests.protocols.otlp.requests import (
    NOON,
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

SPANS = traces(
    span(
        raised(order=3),
        {"name": "retried", "timeUnixNano": str(NOON), "attributes": pairs({"message": "again"})},
        attributes={"http.request.method": "GET", "url.path": "/", "list": ["a", {"b": 1.5}]},
        status={"code": 2, "message": "it broke"},
        kind=2,
        startTimeUnixNano=str(NOON),
        links=[{"traceId": TRACE}],
    ),
    of=resource(service__name="shop", telemetry__sdk__language="python", os__name="linux"),
)
LOGS = logs(
    log(
        {"exception.type": "E", "code.file.path": "a.py", "code.line.number": 3, "code.stacktrace": "x"},
        body={"kvlistValue": {"values": pairs({"message": "no card"})}},
        severityText="ERROR",
        traceId=TRACE,
        eventName="app.crash",
    )
)
BOTH = st.sampled_from([SPANS, LOGS])


def signal_of(payload: dict[str, Any]) -> str:
    return "logs" if "resourceLogs" in payload else "traces"


@given(BOTH.flatmap(lambda payload: st.tuples(st.just(signal_of(payload)), hostile.broken(payload))))
def test_anything_in_any_place(told: tuple[str, Any]) -> None:
    signal, payload = told

    deliver(payload, signal=signal)


@given(
    st.binary(max_size=200), st.sampled_from(["json", "protobuf", ""]), st.sampled_from(["logs", "traces"])
)
def test_any_bytes(body: bytes, kind: str, signal: str) -> None:
    deliver(body, kind=kind, signal=signal)


@given(BOTH, st.data())
def test_any_damage_to_a_message(payload: dict[str, Any], data: st.DataObject) -> None:
    body = bytearray(protobuf(payload))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))

    deliver(bytes(body[: data.draw(st.integers(1, len(body)))]), kind="protobuf", signal=signal_of(payload))


@pytest.mark.parametrize("payload", [SPANS, LOGS])
def test_any_odd_value_in_every_place(payload: dict[str, Any]) -> None:
    for place in hostile.places(payload):
        for value in hostile.ODD_VALUES:
            deliver(hostile.with_value(payload, place, value), signal=signal_of(payload))


def with_event(**fields: Any) -> Event:
    return one(traces(span({**raised(), **fields})))


def test_wrong_types_go_into_extra_with_a_problem() -> None:
    event = one(traces(span(raised(), name=["POST"], status="bad", traceId=5, links=None)))

    assert event.title == "NoCard: 1"
    assert event.extra == {"span.name": ["POST"], "span.status": "bad"}
    assert event.contexts["trace"]["trace_id"] == "5"
    assert [problem.split(" should", maxsplit=1)[0] for problem in event.problems] == [
        "span.traceId",
        "span.name",
        "span.status",
    ]


def test_unknown_fields_go_into_extra() -> None:
    event = one(traces(span(raised() | {"colour": "red"}, mood="bad")))

    assert event.problems == ()
    assert event.extra == {"span.mood": "bad", "span.events.0.colour": "red"}


def test_attributes_as_a_plain_object() -> None:
    told = {"exception.type": "E", "exception.message": "no card", "order": {"intValue": "3"}}

    event = with_event(attributes=told)

    assert (event.title, event.extra, event.problems) == ("E: no card", {"order": 3}, ())


def test_an_object_where_a_list_is_expected_is_its_only_member() -> None:
    (group,) = SPANS["resourceSpans"]

    event = one({"resourceSpans": group}, signal="traces")

    assert event.title == "NoCard: 1"


@pytest.mark.parametrize("odd", [5, "text", [5, None], True])
def test_groups_that_are_none(odd: Any) -> None:
    event = one({"resourceSpans": odd}, signal="traces")

    assert event.title == "Unreadable OTLP request"
    assert event.problems
    assert event.extra


@pytest.mark.parametrize("odd", ["yesterday", -5, 10**30, "1e400", [], {"s": 1}])
def test_impossible_times(odd: Any) -> None:
    event = with_event(timeUnixNano=odd)

    assert event.timestamp == event.received_at
    assert event.problems


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"intValue": 3}, 3),
        ({"intValue": "-3"}, -3),
        ({"intValue": "9" * 30}, "9" * 30),
        ({"intValue": "three"}, "three"),
        ({"doubleValue": "NaN"}, "NaN"),
        ({"bytesValue": "AAE="}, "AAE="),
        ({"arrayValue": {}}, []),
        ({"arrayValue": {"values": "ab"}}, []),
        ({"arrayValue": None}, []),
        ({"kvlistValue": {"values": [{"key": "a", "value": {"boolValue": True}}, 5]}}, {"a": True}),
        ({"newValue": 3}, {"newValue": 3}),
        (["bare"], ["bare"]),
    ],
)
def test_values(value: Any, read: Any) -> None:
    attributes = [{"key": "exception.type", "value": "E"}, {"key": "v", "value": value}]

    event = with_event(attributes=attributes)

    assert {**event.extra, **event.tags}["v"] == read


def test_attributes_that_come_twice_or_without_a_name() -> None:
    attributes = [
        *pairs({"exception.type": "E"}),
        *pairs({"n": 1}),
        *pairs({"n": 2}),
        {"value": {"intValue": 3}},
    ]

    event = with_event(attributes=attributes)

    assert event.extra == {"n": 1, "": 3, "n'": 2}


def test_lone_surrogates_nan_huge_numbers_and_repeated_keys() -> None:
    attributes = {"exception.type": "E", "text": hostile.LONE_SURROGATE}
    written = json.dumps(traces(span({"name": "exception", "attributes": pairs(attributes)}, flags=1)))
    written = written.replace('"flags": 1', f'"flags": {hostile.HUGE}, "flags": NaN')

    event = one(written.encode(), signal="traces")

    assert event.tags["text"] == "half \ufffd of it"
    assert {problem.split(" ")[0] for problem in event.problems} == {"NaN", "A", "The"}


def test_invalid_utf8() -> None:
    body = json.dumps(SPANS).encode()

    event = one(body.replace(b"POST /pay", b"POST \xff/pay"), signal="traces")

    assert event.transaction == "POST \ufffd/pay"
    assert "not valid UTF-8" in event.problems[0]


def test_invalid_utf8_in_a_message_leaves_its_text() -> None:
    event = one(protobuf(SPANS).replace(b"POST /pay", b"POST\xff/pay"), kind="protobuf", signal="traces")

    assert event.title == "Unreadable OTLP request"
    assert "no readable protobuf" in event.problems[0]
    assert "NoCard" in event.extra["payload"]


def test_json_cut_short_says_what_came() -> None:
    body = json.dumps(SPANS).encode()

    event = one(body[: body.index(b'"retried"')], signal="traces")

    assert event.title == "NoCard: 1"
    assert "cut short" in event.problems[0]


def test_values_nested_deep() -> None:
    deep: Any = {"stringValue": "bottom"}
    for _ in range(200):
        deep = {"arrayValue": {"values": [deep]}}

    event = with_event(attributes=[*pairs({"exception.type": "E"}), {"key": "deep", "value": deep}])

    assert event.title == "E"
    assert not lenient_json.too_deep(event.extra)
    assert event.problems


def test_a_request_of_something_else() -> None:
    for body in (b"[]", b'{"error": 1}', b"[1, 2]", b'{"resourceMetrics": []}'):
        event = one(body, signal="traces")
        assert event.title == "Unreadable OTLP request"
        assert "payload" in event.extra


@pytest.mark.parametrize("name", ["otel-node/handled_json", "otel-node/logs_json"])
def test_a_real_request_with_any_odd_value_in_every_place(name: str) -> None:
    capture = captures.load(name)
    payload = json.loads(capture.body())
    for n, place in enumerate(hostile.places(payload)):
        value = hostile.ODD_VALUES[n % len(hostile.ODD_VALUES)]
        deliver(hostile.with_value(payload, place, value), signal="traces" if "handled" in name else "logs")
