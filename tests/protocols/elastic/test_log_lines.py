"""Log lines that Elastic's agents send along: those of errors are events."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.model import Event, Level, Sdk
from app.protocols.elastic import log_lines
from tests.protocols import hostile
from tests.protocols.elastic.requests import ID, METADATA, deliver

STACK = "shop.PaymentError: no card\n\tat shop.Pay.charge(Pay.java:12)\n"
LOG = {
    "@timestamp": 1_795_435_200_000_000,
    "message": "it broke",
    "log.level": "error",
    "log.logger": "shop.Pay",
    "error.type": "shop.PaymentError",
    "error.message": "no card",
    "error.stack_trace": STACK,
    "trace.id": "a" * 32,
    "transaction.id": "b" * 16,
    "span.id": "c" * 16,
    "ecs.version": "1.2.0",
    "process.thread.name": "main",
}
WHOLE = {
    "service": {"name": "shop", "version": "5.1", "environment": "dev", "agent": {"name": "java"}},
    "system": {"hostname": "vm"},
    "labels": {"team": "pay"},
}


def event_of(record: dict[str, Any], metadata: Any = METADATA, project: str = "") -> Event:
    (event,) = deliver({"metadata": metadata}, {"log": record}, project=project).events
    return event


def test_a_line_of_an_error_is_one() -> None:
    event = event_of(LOG, WHOLE)

    assert (event.title, event.message, event.level) == (
        "PaymentError: no card",
        "it broke",
        Level.ERROR,
    )
    assert (event.event_id, event.logger, event.platform) == (ID, "shop.Pay", "java")
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert (event.project, event.release, event.environment, event.server_name) == (
        "shop",
        "5.1",
        "dev",
        "vm",
    )
    assert (event.tags, event.sdk) == ({"team": "pay"}, Sdk(name="java"))
    assert event.contexts["trace"] == {
        "trace_id": "a" * 32,
        "span_id": "c" * 16,
        "transaction_id": "b" * 16,
    }
    assert [frame.function for frame in event.exceptions[0].frames] == ["charge"]
    assert event.extra == {"process.thread.name": "main"}
    assert event.problems == ()


def test_names_may_come_as_objects() -> None:
    nested = {
        "message": "it broke",
        "log": {"level": "FATAL", "logger": "shop.Pay"},
        "error": {"type": "PaymentError", "message": "no card", "stack_trace": STACK},
    }
    event = event_of(nested)

    assert (event.title, event.level, event.logger) == ("PaymentError: no card", Level.FATAL, "shop.Pay")


@pytest.mark.parametrize(
    ("said", "level", "extra"),
    [
        ("INFO", "error", {"log.level": "INFO"}),
        ("audit", "error", {"log.level": "audit"}),
        ("WARN", "warning", {}),
    ],
)
def test_a_line_with_a_stack_trace_is_an_error_whatever_its_level(
    said: str, level: str, extra: dict[str, Any]
) -> None:
    event = event_of({"message": "x", "log.level": said, "error.stack_trace": STACK})

    assert (event.level, event.extra) == (level, extra)


@pytest.mark.parametrize(
    "record",
    [
        {"message": "no errors", "log.level": "info"},
        {"message": "an error in words"},
        {"message": "x", "log.level": "http"},
        {"message": "x", "log.level": "warn", "error.message": "slow"},
        {"message": "stack", "stack": "web"},
    ],
)
def test_other_lines_are_counted(record: dict[str, Any]) -> None:
    delivery = deliver({"metadata": METADATA}, {"log": record})

    assert (delivery.events, delivery.others) == ((), {"log": 1})


def test_the_release_is_not_that_of_another_service() -> None:
    event = event_of({**LOG, "service.name": "billing"}, WHOLE)

    assert (event.project, event.release, event.environment) == ("billing", None, None)
    assert event_of({**LOG, "service.name": "billing", "service.version": "7"}, WHOLE).release == "7"


def test_the_service_is_a_tag_where_the_address_names_the_project() -> None:
    assert event_of(LOG, WHOLE, project="team").tags == {"team": "pay", "service.name": "shop"}
    assert event_of(LOG, WHOLE, project="shop").tags == {"team": "pay"}


def test_errors_come_before_log_lines_and_all_have_ids_of_their_own() -> None:
    error = {"exception": {"type": "E", "message": "no"}}
    delivery = deliver({"metadata": METADATA}, {"log": LOG}, {"error": error}, {"log": LOG})

    assert [event.title for event in delivery.events] == [
        "E: no",
        "PaymentError: no card",
        "PaymentError: no card",
    ]
    assert len({event.event_id for event in delivery.events}) == 3


def test_an_error_that_the_agent_also_sends_as_a_record_has_the_same_id() -> None:
    assert event_of({**LOG, "error.id": "d" * 32}).event_id == "d" * 32


def test_a_line_without_a_word_of_errors_is_not_decoded() -> None:
    assert log_lines.error_in(b'{"log": {"message": "started", "log.level": "info"}}') is None


@given(hostile.broken({"log": LOG}))
def test_anything_anywhere_is_read(payload: Any) -> None:
    deliver({"metadata": METADATA}, json.dumps(payload).encode())


@given(hostile.JSON)
def test_any_metadata_is_read(value: Any) -> None:
    deliver({"metadata": {"service": value, "system": value, "labels": value, "user": value}}, {"log": LOG})
