from typing import Any

import pytest

from tests.protocols.otlp.requests import (
    deliver,
    log,
    logs,
    protobuf,
    raised,
    span,
    traces,
)


@pytest.mark.parametrize("payload", [traces(span(raised(order=3))), logs(log({"exception.type": "E"}))])
def test_both_encodings_have_the_same_ids(payload: dict[str, Any]) -> None:
    signal = "logs" if "resourceLogs" in payload else "traces"
    (as_json,), (as_protobuf,) = deliver(payload).events, deliver(protobuf(payload), signal=signal).events

    assert as_json == as_protobuf


def test_equal_records_have_different_ids_and_a_resent_record_the_same() -> None:
    payload = logs(log(body={"stringValue": "no card"}), log(body={"stringValue": "no card"}))

    first, second = (event.event_id for event in deliver(payload).events)

    assert first != second
    assert [first, second] == [event.event_id for event in deliver(payload).events]


def test_records_without_any_identity_have_ids_of_their_report() -> None:
    payload = logs(log(timeUnixNano=None), log(timeUnixNano=None))

    ids = [event.event_id for event in deliver(payload).events]

    assert ids[0] == "0123456789abcdef0123456789abcdef"
    assert len({*ids}) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"exception.stacktrace": "TypeError: x\n    at two (two.js:9:2)"},
        {"url.full": "http://shop.example/b"},
    ],
)
def test_two_errors_of_one_moment_are_told_apart_by_stack_and_attributes(other: dict[str, Any]) -> None:
    one = {"exception.type": "TypeError", "exception.stacktrace": "TypeError: x\n    at one (one.js:1:2)"}

    ids = [deliver(logs(log(one | more))).events[0].event_id for more in ({}, other)]
    of_spans = [deliver(traces(span(raised(**more)))).events[0].event_id for more in ({}, other)]

    assert len({*ids, *of_spans}) == 4
