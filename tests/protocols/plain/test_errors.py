from typing import Any

import pytest

from app.protocols.plain import errors
from app.protocols.wire.notes import Notes
from tests.protocols.plain.documents import JS, event_of


def test_causes_come_first() -> None:
    event = event_of(
        {
            "name": "PaymentError",
            "message": "no card",
            "stack": JS,
            "cause": {"name": "TypeError", "message": "x is null", "cause": "somebody pulled the plug"},
        }
    )

    assert [(raised.type, raised.value) for raised in event.exceptions] == [
        (None, "somebody pulled the plug"),
        ("TypeError", "x is null"),
        ("PaymentError", "no card"),
    ]


def test_members_of_a_group_name_their_parent() -> None:
    member = {"name": "B", "message": "2", "cause": {"name": "C", "message": "3"}}
    event = event_of(
        {"error": {"name": "AggregateError", "message": "both", "errors": [{"name": "A"}, member]}}
    )

    assert [(raised.type, raised.parent) for raised in event.exceptions] == [
        ("A", 3),
        ("C", 2),
        ("B", 3),
        ("AggregateError", None),
    ]


def test_other_fields_of_an_error_are_in_extra() -> None:
    cause = {"name": "E", "message": "y", "errno": -111}
    event = event_of({"error": {"name": "E", "message": "x", "code": "E_PAY", "cause": cause}})

    assert event.extra == {"error.code": "E_PAY", "cause.errno": -111}


def test_nesting_without_end() -> None:
    value: dict[str, Any] = {"name": "E", "message": "bottom"}
    for _level in range(60):
        value = (
            {"name": "E", "message": "x", "cause": value, "errors": [value]}
            if _level < 3
            else {"cause": value, "message": "x", "name": "E"}
        )
    event = event_of({"error": value})

    assert 10 < len(event.exceptions) < 500


@pytest.mark.parametrize(
    "value",
    [
        # .NET's Exception in Newtonsoft.Json
        {"ClassName": "E", "Message": "no card", "StackTraceString": None, "InnerException": None},
        # Monolog
        {"class": "E", "message": "no card", "code": 0, "file": "/srv/shop/Pay.php:12"},
        # structlog
        [{"exc_type": "E", "exc_value": "no card", "frames": [{"filename": "pay.py", "lineno": 3}]}],
        {"type": "E", "value": "no card"},
        "E: no card\n    at pay (/srv/shop/pay.js:10:3)",
        "ShopError: no card",
    ],
)
def test_an_error_as_libraries_write_it(value: Any) -> None:
    (raised,) = errors.read(value, Notes()).exceptions

    assert raised.type in ("E", "ShopError")
    assert raised.value == "no card"


@pytest.mark.parametrize("value", [None, 5, "no card", {}, {"order": 42}, [], [1, 2]])
def test_any_other_value_is_no_error(value: Any) -> None:
    notes = Notes()

    assert errors.read(value, notes).exceptions == ()
    assert notes.kept == {}


def test_the_class_of_the_client_counts_more_than_that_of_the_stack() -> None:
    notes = Notes()
    (raised,) = errors.from_stack("E_PAY", "declined", JS, notes, None).exceptions

    assert (raised.type, raised.value) == ("E_PAY", "declined")
    assert [frame.function for frame in raised.frames] == ["main", "pay"]
    assert notes.kept == {"stack.says": "PaymentError: no card"}


@pytest.mark.parametrize(
    ("text", "is_one", "surely"),
    [
        ("TypeError", True, True),
        ("java.lang.IllegalStateException", True, True),
        ("Acme\\Shop\\PaymentFailed", True, False),
        ("std::bad_alloc", True, False),
        ("E_PAY", True, False),
        ("no card", False, False),
        ("404", False, False),
        ("", False, False),
    ],
)
def test_names_of_classes(text: str, is_one: bool, surely: bool) -> None:
    assert (errors.is_class(text), errors.is_class(text, surely=True)) == (is_one, surely)
