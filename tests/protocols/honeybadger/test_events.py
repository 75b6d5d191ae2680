"""Honeybadger's events: only those that call themselves errors are shown."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.honeybadger import events
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
REPORT = captures.report_of("honeybadger.events", table.Accepted("shop", ID))
TIME = "2026-11-23T12:21:35.389Z"


def delivered(*lines: Any) -> Delivery:
    body = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    delivery = events.read(REPORT, body)
    hostile.check(delivery)
    return delivery


def test_an_error_that_was_written_to_the_console() -> None:
    line = {"event_type": "log", "ts": TIME, "severity": "error", "message": "card declined", "args": [1]}
    (event,) = delivered({"event_type": "order.paid", "ts": TIME}, line).events
    assert (event.event_id, event.project, event.level) == (ID, "shop", Level.ERROR)
    assert event.title == event.message == "card declined"
    assert str(event.timestamp) == "2026-11-23 12:21:35.389000+00:00"
    assert event.extra == {"event_type": "log", "args": [1]}
    assert event.problems == ()


def test_a_stack_trace_in_the_message_is_read() -> None:
    text = (
        "Traceback (most recent call last):\n  File \"/srv/pay.py\", line 3, in pay\n    x\nKeyError: 'card'"
    )
    (event,) = delivered({"level": "error", "message": text}).events
    assert event.title == "KeyError: 'card'"
    assert (event.platform, event.exceptions[0].frames[0].function) == ("python", "pay")


@pytest.mark.parametrize(
    ("line", "level", "title"),
    [
        ({"severity": "ERROR", "event_type": "x"}, Level.ERROR, "x"),
        ({"level": "critical", "msg": "m"}, Level.FATAL, "m"),
        ({"severity": "fatal", "error_message": "m"}, Level.FATAL, "m"),
        ({"severity": "error"}, Level.ERROR, "<unlabelled event>"),
        ({"severity": "error", "message": 7, "event_type": [1]}, Level.ERROR, "[1]"),
    ],
)
def test_errors(line: dict[str, Any], level: Level, title: str) -> None:
    (event,) = delivered(line).events
    assert (event.level, event.title) == (level, title)


@pytest.mark.parametrize(
    "line",
    [
        {"severity": "warn", "message": "low"},
        {"severity": "log"},
        {"severity": "nonsense"},
        {"severity": ["error"]},
        {"error": "in words only"},
        7,
        b"no json",
        b"\xff\x00",
    ],
)
def test_all_else_is_counted(line: Any) -> None:
    delivery = delivered(line)
    assert (delivery.events, delivery.others) == ((), {"event_log": 1})


def test_several_errors_have_ids_of_their_own() -> None:
    error = {"severity": "error", "message": "again"}
    first, again = (delivered(error, b"", {"a": 1}, [error, {"b": 2}]) for _time in range(2))
    assert first == again
    assert first.others == {"event_log": 2}
    ids = [event.event_id for event in first.events]
    assert ids[0] == ID
    assert len(set(ids)) == 2


@given(
    st.lists(
        st.binary(max_size=40) | st.dictionaries(st.sampled_from(["severity", "message", "ts"]), hostile.JSON)
    )
)
def test_any_lines_are_delivered(lines: list[Any]) -> None:
    delivered(*lines, {"severity": "error", "ts": lines and str(lines[0])})
