"""A line of a log holds a stack trace, or only fields that are called like one."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.protocols.plain.trace_in_fields import holds_trace, text_holds_trace
from tests.protocols import hostile

NODE = "TypeError: x is null\n    at pay (/srv/shop/pay.js:3:1)"
PYTHON = 'Traceback (most recent call last):\n  File "/srv/pay.py", line 3, in pay\n    x()\nKeyError: 1'


@pytest.mark.parametrize(
    "fields",
    [
        {"stack": NODE},
        {"msg": f"failed\n{PYTHON}"},
        {"err": {"type": "E", "stack": NODE}},
        {"@x": "System.Exception: no\n   at Shop.Pay() in /srv/Pay.cs:line 3"},
        {"stacktrace": ["    at pay (/srv/shop/pay.js:3:1)"]},
        {"stack": "    at pay (/srv/shop/pay.js:3:1)"},
        {"exception": [{"exc_type": "E", "frames": [{"filename": "pay.py", "lineno": 3, "name": "pay"}]}]},
        {"fields": {"context": {"error.stack_trace": PYTHON}}},
    ],
)
def test_a_stack_trace_is_found_where_loggers_put_it(fields: dict[str, Any]) -> None:
    assert holds_trace(fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"trace": "4bf92f3577b34da6a3ce929d0e0e4736"},
        {"stack": "production", "msg": "deployed"},
        {"stack": ["web", "db"]},
        {"frames": [{"width": 3}]},
        {"frames": 25},
        {"msg": "first\nsecond: no\n  at noon"},
        {"msg": "Error: no card"},
        {"a": {"b": {"c": {"d": {"e": {"stack": NODE}}}}}},
    ],
)
def test_names_and_lines_alone_are_none(fields: dict[str, Any]) -> None:
    assert not holds_trace(fields)


def test_a_text_needs_calls() -> None:
    assert text_holds_trace(NODE)
    assert not text_holds_trace("TypeError: x is null")


@given(hostile.JSON)
def test_any_value_is_looked_into(value: Any) -> None:
    assert holds_trace(value) in (True, False)
    assert holds_trace({"stack": json.loads(json.dumps(value)), "more": {"err": NODE}})
