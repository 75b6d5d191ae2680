"""The first version of the intake, as elastic-apm for Python up to 3 and the browsers' agent spoke it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given

from app.model import Event, Level, Sdk
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.elastic import read
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
SERVICE = {
    "name": "shop",
    "agent": {"name": "python", "version": "3.0.5"},
    "language": {"name": "python", "version": "3.7.1"},
}
ERROR: dict[str, Any] = {
    "id": "16df0199-1894-4044-a330-831dcc929670",
    "timestamp": "2026-11-23T12:30:19.180116Z",
    "culprit": "shop.pay",
    "exception": {
        "type": "PaymentError",
        "message": "PaymentError: no card",
        "handled": False,
        "stacktrace": [{"filename": "shop.py", "function": "checkout", "lineno": 3}, {"function": "pay"}],
    },
    "context": {"tags": {"customer": "ada"}, "custom": {"coupon": "none"}},
    "transaction": {"id": "8d9819fe-6bc2-4fa7-87ad-eb778b1a30e9"},
}


def deliver(payload: Any) -> Delivery:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    report = captures.report_of("elastic.first", table.Accepted("", ID))
    delivery = read.read_v1(report, body)
    hostile.check(delivery)
    return delivery


def one(error: Any) -> Event:
    (event,) = deliver({"service": SERVICE, "system": {"hostname": "vm"}, "errors": [error]}).events
    return event


def test_an_error_is_read_as_those_of_today() -> None:
    event = one(ERROR)

    (raised,) = event.exceptions
    assert (raised.type, raised.value, raised.mechanism) == (
        "PaymentError",
        "no card",
        {"type": "elastic", "handled": False},
    )
    assert [frame.function for frame in raised.frames] == ["checkout", "pay"]
    assert (event.project, event.server_name, event.culprit) == ("shop", "vm", "shop.pay")
    assert event.event_id == "16df019918944044a330831dcc929670"
    assert event.timestamp == datetime(2026, 11, 23, 12, 30, 19, 180116, UTC)
    assert (event.tags, event.extra) == ({"customer": "ada"}, {"coupon": "none"})
    assert event.sdk == Sdk(name="python", version="3.0.5")
    assert event.contexts["trace"] == {"transaction_id": ERROR["transaction"]["id"]}
    assert event.problems == ()


def test_what_was_logged_is_a_message() -> None:
    event = one({"log": {"level": "warning", "message": "no card", "param_message": "no %s"}})

    assert (event.message, event.level) == ("no card", Level.WARNING)


def test_transactions_are_counted() -> None:
    delivery = deliver({"service": SERVICE, "transactions": [{"id": "1", "spans": []}, {"id": "2"}]})

    assert (delivery.events, delivery.others, delivery.project) == ((), {"transaction": 2}, "shop")


def test_unknown_fields_go_into_extra_of_the_first_event() -> None:
    first, second = deliver({"errors": [ERROR, ERROR], "unheard_of": 1}).events

    assert first.extra["unheard_of"] == 1
    assert "unheard_of" not in second.extra


@pytest.mark.parametrize("body", [b"[1]", b"{", b'"x"', b'{"unheard_of": 1}', b'{"errors": [[]]}'])
def test_what_is_nothing_known_is_seen(body: bytes) -> None:
    assert len(deliver(body).events) == 1


@given(hostile.JSON)
def test_anything_anywhere(value: Any) -> None:
    deliver({"service": value, "errors": [value, {"transaction": value}], "transactions": value})


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("/v1/errors", ""),
        ("/v1/transactions", ""),
        ("/shop/v1/client-side/errors", "shop"),
        ("/v1/rum/transactions", ""),
    ],
)
def test_the_paths(path: str, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", {})

    assert protocol.name == "elastic.first"
    accepted = protocol.accept(request)
    assert (accepted.project, protocol.answer(accepted).status) == (project, 202)
