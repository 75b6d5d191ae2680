from typing import Any

import pytest

from app.protocols.otlp import exception_attributes
from app.protocols.wire.notes import Notes
from tests.protocols.otlp.requests import (
    one,
    pairs,
    raised,
    span,
    traces,
)


@pytest.mark.parametrize(
    ("escaped", "handled"), [(True, False), ("True", False), ("true", False), (False, None), ("False", None)]
)
def test_only_an_escaped_exception_is_unhandled(escaped: Any, handled: bool | None) -> None:
    event = one(traces(span(raised(**{"exception.escaped": escaped}))))

    mechanism = event.exceptions[-1].mechanism
    assert mechanism is not None
    assert mechanism.get("handled") is handled
    assert mechanism["escaped"] == (escaped if isinstance(escaped, str) else str(escaped).lower())


def test_an_unreadable_stack_trace_is_in_extra() -> None:
    told = {"exception.type": "*errors.errorString", "exception.stacktrace": "somewhere in the cart"}

    event = one(traces(span({"name": "exception", "attributes": pairs(told)})))

    assert event.title == "*errors.errorString"
    assert event.extra == {"exception.stacktrace": "somewhere in the cart"}


@pytest.mark.parametrize(
    ("kind", "module", "name"),
    [
        ("java.io.IOException", "java.io", "IOException"),
        (
            "System.Collections.Generic.KeyNotFoundException",
            "System.Collections.Generic",
            "KeyNotFoundException",
        ),
        ("KeyError", None, "KeyError"),
        ("*errors.errorString", None, "*errors.errorString"),
        ("Errno::ENOENT", None, "Errno::ENOENT"),
        ("no card. sorry.", None, "no card. sorry."),
    ],
)
def test_a_qualified_type_is_module_and_name(kind: str, module: str | None, name: str) -> None:
    (raised_one,), _platform, _threads = exception_attributes.read({"exception.type": kind}, None, Notes())

    assert (raised_one.module, raised_one.type) == (module, name)


def test_the_stack_trace_has_the_causes_and_shows_the_platform() -> None:
    text = (
        "java.lang.IllegalStateException: no order\n\tat shop.Cart.pay(Cart.java:9)\n"
        "Caused by: java.io.IOException: no card\n\tat shop.Till.charge(Till.java:3)\n"
    )
    given = {"exception.type": "java.lang.IllegalStateException", "exception.stacktrace": text, "order": 3}

    (cause, outer), platform, _threads = exception_attributes.read(given, None, Notes())

    assert (cause.type, cause.value, cause.mechanism) == ("IOException", "no card", None)
    assert (outer.type, outer.value, outer.module) == ("IllegalStateException", "no order", "java.lang")
    assert (platform, given) == ("java", {"order": 3})


def test_without_any_of_its_attributes_there_is_no_exception() -> None:
    assert exception_attributes.read({"order": 3}, "go", Notes()) == ((), "go", ())
