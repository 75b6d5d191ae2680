from typing import Any

import pytest

from app.protocols.otlp import exception_attributes
from app.protocols.wire.notes import Notes
from tests.protocols.otlp.requests import TRACEBACK


def test_the_stack_trace_gives_frames_and_language() -> None:
    given = {"exception.type": "shop.NoCard", "exception.message": "1", "exception.stacktrace": TRACEBACK}

    (raised,), platform = exception_attributes.read(given, None, Notes())

    assert (raised.type, raised.module, raised.value, platform) == ("NoCard", "shop", "1", "python")
    assert [frame.line for frame in raised.frames] == [7]
    assert given == {}


def test_a_stack_that_cannot_be_read_is_kept() -> None:
    notes = Notes()

    (raised,), _platform = exception_attributes.read({"exception.stacktrace": "somewhere"}, "go", notes)

    assert (raised.type, raised.frames) == (None, ())
    assert notes.kept == {"exception.stacktrace": "somewhere"}


@pytest.mark.parametrize(
    ("escaped", "handled"), [("True", False), (True, False), ("False", None), (None, None)]
)
def test_only_an_exception_that_escaped_is_known_as_unhandled(escaped: Any, handled: bool | None) -> None:
    given = {"exception.type": "E", "exception.escaped": escaped}

    (raised,), _platform = exception_attributes.read(given, None, Notes())

    assert (raised.mechanism or {}).get("handled") is handled


def test_attributes_without_an_exception() -> None:
    assert exception_attributes.read({"a": 1}, "go", Notes()) == ((), "go")
