import json
from typing import Any

import pytest

from app.protocols.plain.error_and_message import ErrorAndMessage, read
from app.protocols.plain.field_names import Fields
from app.protocols.wire.notes import Notes
from tests.protocols.plain.documents import JS, event_of


@pytest.mark.parametrize(
    "value",
    [
        {"message": "no card", "type": "PaymentError"},
        {"msg": "no card", "errorClass": "PaymentError"},
        {"error": "no card", "error_class": "PaymentError"},
        {"Description": "no card", "Exception-Type": "PaymentError"},
        {"reason": "no card", "name": "PaymentError"},
        {"error": {"name": "PaymentError", "message": "no card"}},
        {"err": {"class": "PaymentError", "description": "no card"}},
        {"exception": {"type": "PaymentError", "value": "no card"}},
        {"exception": [{"exc_type": "PaymentError", "exc_value": "no card"}]},
        {"error": "PaymentError: no card"},
        {"errors": [{"type": "PaymentError", "message": "no card"}]},
        {"context": {"exception": {"class": "PaymentError", "message": "no card"}}},
        {"stack": JS},
        {"stack": JS, "message": "no card"},
        {"stack": JS, "message": "PaymentError: no card"},
        {"stacktrace": JS, "title": "Uncaught PaymentError: no card"},
        {"message": JS},
        {"stack": JS.split("\n")},
    ],
)
def test_an_error_by_any_name(value: dict[str, Any]) -> None:
    event = event_of(value)

    assert event.title == "PaymentError: no card"
    assert [(raised.type, raised.value) for raised in event.exceptions] == [("PaymentError", "no card")]
    assert (event.message, event.extra, event.problems) == (None, {}, ())
    if "stack" in json.dumps(value) or value.get("message") == JS:
        assert [frame.function for frame in event.exceptions[0].frames] == ["main", "pay"]
        assert event.culprit == "/srv/shop/pay.js in pay"
        assert event.platform == "node"


def read_of(value: dict[str, Any], *, is_log: bool = False) -> tuple[ErrorAndMessage, Notes]:
    notes = Notes()
    return read(Fields(value), notes, is_log=is_log), notes


@pytest.mark.parametrize(
    ("value", "title", "message"),
    [
        ({"message": "charge failed", "error": "no card"}, None, "charge failed"),
        (
            {"message": "charge failed", "error": {"name": "E", "message": "no card"}},
            "E: no card",
            "charge failed",
        ),
        ({"message": "no card", "error": {"name": "E", "message": "no card"}}, "E: no card", None),
        ({"message": "E: no card", "error": {"name": "E", "message": "no card"}}, "E: no card", None),
        ({"message": "no card", "error": {"name": "E"}}, "E: no card", None),
        ({"message": "boom", "stack": "boom"}, None, "boom"),
        ({"error": "no card"}, None, "no card"),
    ],
)
def test_neither_repeats_the_other(value: dict[str, Any], title: str | None, message: str | None) -> None:
    found, _notes = read_of(value)

    assert found.message == message
    assert [f"{raised.type}: {raised.value}" for raised in found.exceptions] == ([title] if title else [])


def test_the_error_of_a_logger_stays_beside_its_message() -> None:
    _found, notes = read_of({"message": "charge failed", "error": "no card"})

    assert notes.kept == {"error": "no card"}


@pytest.mark.parametrize("name", ["shop.pay", "http"])
def test_the_name_of_a_logger_is_no_class(name: str) -> None:
    found, _notes = read_of({"name": name, "msg": "no card", "stack": JS}, is_log=True)

    assert [raised.type for raised in found.exceptions] == ["PaymentError"]


@pytest.mark.parametrize(("message", "is_uncaught"), [("Uncaught E: no card", True), ("E: no card", False)])
def test_the_message_of_an_uncaught_error_says_so(message: str, is_uncaught: bool) -> None:
    found, _notes = read_of({"message": message, "type": "E"})

    assert found.is_uncaught is is_uncaught
    assert [raised.value for raised in found.exceptions] == ["no card"]
