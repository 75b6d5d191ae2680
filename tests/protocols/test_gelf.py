"""GELF: what pygelf and others send, and what bends the specification."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Frame, Level, from_micros
from app.protocols import gelf, table
from app.protocols.delivery import Delivery
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
MESSAGE = {
    "version": "1.1",
    "host": "vm",
    "short_message": "boom",
    "full_message": "boom\nin detail",
    "timestamp": 1795436121.5,
    "level": 3,
    "_logger_name": "shop.pay",
    "_nested": {"a": [1]},
}

TRACE = "TypeError: x is null\n    at pay (/srv/shop/pay.js:3:1)"


def read(payload: Any, project: str = "shop") -> Delivery:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return gelf.read(captures.report_of("gelf", table.Accepted(project, ID), body=body), body)


def event_of(payload: Any) -> Event:
    (event,) = hostile.check(read(payload))
    return event


@pytest.mark.parametrize("case", ["handled", "compress"])
def test_an_exception_of_pygelf(case: str) -> None:
    capture = captures.load(f"pygelf/{case}")
    (event,) = capture.read().events

    assert capture.protocol.answer(capture.accept()) == table.Answer(202, b"text/plain; charset=utf-8", b"")
    assert (event.project, event.protocol, event.platform) == ("shop", "gelf", "python")
    assert (event.level, event.logger, event.server_name) == ("error", "shop.pay", "vm")
    assert event.timestamp.isoformat()[:19] in {"2026-11-23T12:15:21", "2026-11-23T12:15:22"}
    assert event.title == "PaymentError: invalid order 1042: žluťoučký 🐎 <b>&"
    assert event.message == "boom ada"
    assert event.culprit == "/srv/webshop/drivers/py_common.py in process_order"
    cause, raised = event.exceptions
    assert (cause.type, cause.value, raised.module) == ("KeyError", "'basic'", "py_common")
    assert [frame.function for frame in cause.frames] == ["process_order", "charge_card"]
    assert [frame.line for frame in raised.frames] == [10, 35, 22]
    assert cause.frames[-1].context == ((14, 'return table["basic"]  # KeyError'),)
    assert event.extra == {"order_id": 1042, "nested": {"a": 1}, "logged_at": "py_gelf.py:11 in <module>"}
    assert event.problems == ()


def test_a_message_of_pygelf() -> None:
    (event,) = captures.load("pygelf/message").read().events

    assert (event.title, event.level, event.platform) == ("disk almost full: 91%", "warning", "python")
    assert event.exceptions == ()
    assert event.threads[0].frames == (
        Frame(filename="py_gelf.py", abs_path="py_gelf.py", module="py_gelf", function="<module>", line=12),
    )
    assert event.culprit == "py_gelf in <module>"
    assert event.extra == {"disk": "/dev/sda"}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (0, "fatal"),
        (2, "fatal"),
        (3, "error"),
        (4, "warning"),
        ("3", "error"),
        (3.0, "error"),
        ("warn", "warning"),
    ],
)
def test_levels_are_those_of_syslog(said: object, level: str) -> None:
    assert event_of(MESSAGE | {"level": said}).level == level


@pytest.mark.parametrize("said", [5, 6, 7, "info", "7"])
def test_what_is_below_a_warning_is_counted(said: object) -> None:
    delivery = read(MESSAGE | {"level": said})
    assert (delivery.events, delivery.others) == ((), {"log": 1})


@pytest.mark.parametrize("said", [8, -1, "http", "access", "audit", "none", "terrible"])
def test_a_level_that_nobody_knows_is_no_error(said: object) -> None:
    delivery = read(MESSAGE | {"level": said})

    assert (delivery.events, delivery.others) == ((), {"log": 1})
    assert delivery.traced is not None
    ((line,),) = (traced.lines for traced in delivery.traced())
    assert (line.level, line.data["level"]) == (Level.INFO, said)


@pytest.mark.parametrize("said", [True, [], {"name": "error"}])
def test_what_is_no_level_at_all_is_an_error_that_says_so(said: object) -> None:
    event = event_of(MESSAGE | {"level": said})

    assert event.level is Level.ERROR
    assert any("level" in problem for problem in event.problems)


@pytest.mark.parametrize("said", [6, 7, "info", "http", "silly", 2**80])
@pytest.mark.parametrize(
    "place",
    [{"full_message": TRACE}, {"_stack": TRACE}, {"_err": {"stack": TRACE}}, {"short_message": TRACE}],
)
def test_a_message_with_a_stack_trace_is_an_error_whatever_its_level(
    said: object, place: dict[str, Any]
) -> None:
    event = event_of(MESSAGE | {"level": said} | place)

    assert (event.level, event.title) == (Level.ERROR, "TypeError: x is null")
    assert "level" in event.extra


def test_without_a_level_the_message_decides() -> None:
    assert event_of({"short_message": "WARNING: disk"}).level is Level.WARNING
    assert event_of({"short_message": "disk"}).level is Level.ERROR


def test_several_messages_a_line_each() -> None:
    lines = [MESSAGE, MESSAGE | {"level": 7}, MESSAGE | {"short_message": "second"}]
    delivery = read(b"\n".join(json.dumps(line).encode() for line in lines))

    assert [event.title for event in delivery.events] == ["boom", "second"]
    assert len({event.event_id for event in delivery.events}) == 2
    assert delivery.others == {"log": 1}


def test_the_application_name_is_the_default_project() -> None:
    (event,) = read(MESSAGE | {"_app_name": "checkout"}, project="").events
    assert event.project == "checkout"
    (event,) = read(MESSAGE, project="").events
    assert event.project == "gelf"


def test_a_longer_full_message_goes_into_extra() -> None:
    event = event_of(MESSAGE)

    assert event.message == "boom"
    assert event.extra["stack"] == "boom\nin detail"
    assert event_of(MESSAGE | {"full_message": "boom\n"}).extra == {"nested": {"a": [1]}}


def test_impossible_times_are_replaced_and_go_into_extra() -> None:
    event = event_of(MESSAGE | {"timestamp": -5})

    assert event.timestamp == from_micros(captures.RECORDED)
    assert event.extra["timestamp"] == -5
    assert event.problems


@pytest.mark.parametrize("name", ["short_message", "full_message", "host", "timestamp"])
def test_wrong_types_go_into_extra_with_a_problem(name: str) -> None:
    event = event_of(MESSAGE | {name: {"odd": 1}})

    assert f"{name} should be" in event.problems[0]
    assert {"odd": 1} in event.extra.values()


@pytest.mark.parametrize("body", hostile.UNREADABLE)
def test_what_is_no_message_is_shown(body: bytes) -> None:
    events = hostile.check(read(body))

    assert len(events) == 1
    assert events[0].problems


@pytest.mark.parametrize(("written", "problem"), hostile.BENT)
def test_bent_json_is_read(written: bytes, problem: str | None) -> None:
    event = event_of(b'{"short_message": "boom", "_odd": %b}' % written)

    assert event.title == "boom"
    assert problem is None or any(problem in sentence for sentence in event.problems)


def test_a_message_cut_short_says_what_came() -> None:
    event = event_of(json.dumps(MESSAGE).encode()[:60])

    assert event.title == "boom"
    assert "cut short" in event.problems[0]


@given(hostile.broken(MESSAGE))
def test_anything_anywhere_is_read(payload: Any) -> None:
    hostile.check(read(json.dumps(payload).encode()))


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes) -> None:
    hostile.check(read(body))
