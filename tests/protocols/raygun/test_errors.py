from functools import partial
from typing import Any

import pytest

from tests.protocols import notices
from tests.protocols.raised import calls

entry = notices.raygun
event_of = partial(notices.event_of, "raygun.entry")


def test_an_aggregate_exception_is_read_as_a_tree() -> None:
    parts = [{"className": "A"}, {"className": "B", "innerError": {"className": "C"}}]
    event = event_of(entry({"className": "AggregateException", "innerErrors": parts}))
    assert [(raised.type, raised.parent) for raised in event.exceptions] == [
        ("C", 1),
        ("B", 3),
        ("A", 3),
        ("AggregateException", None),
    ]


def test_an_inner_error_that_is_repeated_counts_once() -> None:
    part = {"className": "A"}
    event = event_of(entry({"innerError": part, "innerErrors": [part]}))
    assert [raised.type for raised in event.exceptions] == ["A", "KeyError"]


def test_errors_nested_without_end_are_bounded() -> None:
    error: dict[str, Any] = {"className": "Deepest"}
    for n in range(60):
        error = {"className": f"E{n}", "innerError": error}
    event = event_of({"details": {"error": error}})
    assert len(event.exceptions) == 50
    assert event.exceptions[-1].type == "E59"
    assert any(name.startswith("error.innerError") for name in event.extra)
    many = event_of(entry({"innerErrors": [{"className": f"E{n}"} for n in range(300)]}))
    assert len(many.exceptions) == 200
    assert len(many.extra) == 101


@pytest.mark.parametrize(
    ("message", "value"),
    [("KeyError: 'card'", "'card'"), ("KeyError: KeyError: x", "KeyError: x"), ("KeyError", "KeyError")],
)
def test_python_puts_the_type_into_the_message(message: str, value: str) -> None:
    event = event_of(entry({"message": message}, client={"name": "raygun4py"}))
    assert event.exceptions[0].value == value


def test_a_frame_of_python_without_source() -> None:
    frame = {"className": "pay", "fileName": "<string>", "lineNumber": 3, "methodName": None}
    event = event_of(entry({"stackTrace": [frame]}, client={"name": "raygun4py"}))
    assert calls(event.exceptions[0].frames) == ["pay:3"]
    assert event.exceptions[0].frames[0].context == ()


def test_a_stack_in_text_is_read_where_there_are_no_frames() -> None:
    text = "KeyError: x\n    at pay (http://localhost/app.js:3:7)"
    event = event_of(entry({"stackString": text}, client={"name": "raygun-js"}))
    frames = event.exceptions[0].frames
    assert (event.extra.get("error.stackString") == text) is (not frames)
    with_frames = entry({"stackString": text, "stackTrace": [{"methodName": "pay"}]})
    assert event_of(with_frames).extra == {}
