"""Loki: lines that tell of errors become events, each once; all others are counted."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from app.protocols import table
from tests.protocols import captures, hostile
from tests.protocols.loki.pushes import NS, PROTOBUF, WINSTON, push, read

TRACE = (
    "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
)


def test_an_error_of_python_logging_loki() -> None:
    capture = captures.load("loki-python/handled")
    (event,) = capture.read().events

    assert capture.protocol.answer(capture.accept()) == table.Answer(204, b"application/json", b"")
    # It was sent with `auth=("user", …)`, and a key names the project wherever it stands.
    assert (event.project, event.protocol, event.platform) == ("user", "loki", "python")
    assert (event.level, event.logger, event.tags) == (
        "error",
        "shop.pay",
        {"order": "1042", "app": "shop"},
    )
    assert event.timestamp.isoformat() == "2026-11-23T12:14:08.379529+00:00"
    assert event.title == "PaymentError: invalid order 1042: žluťoučký 🐎 <b>&"
    assert event.message == "boom ada"
    assert event.culprit == "/srv/webshop/drivers/py_common.py in process_order"
    assert [raised.type for raised in event.exceptions] == ["KeyError", "PaymentError"]
    assert [frame.line for frame in event.exceptions[1].frames] == [9, 35, 22]
    assert (event.extra, event.problems) == ({}, ())


def test_a_warning_of_python_logging_loki_is_counted() -> None:
    delivery = captures.load("loki-python/message").read()
    assert (delivery.events, delivery.others) == ((), {"log": 1})


@pytest.mark.parametrize(
    ("labels", "line", "level"),
    [
        ({"level": "error"}, "no card", "error"),
        ({"severity": "CRITICAL"}, "no card", "fatal"),
        ({"detected_level": "error"}, "no card", "error"),
        ({"lvl": "eror", "level": "err"}, "no card", "error"),
        ({}, "2026-11-23 12:00:00 ERROR shop.pay: no card", "error"),
        ({}, "[error] no card", "error"),
        ({}, "E1123 12:00:00.000000 1 pay.go:3] no card", "error"),
        ({}, '{"level":"fatal","msg":"no card"}', "fatal"),
        ({}, '{"level":50,"time":1795436048379,"msg":"no card","pid":1,"hostname":"vm"}', "error"),
        ({}, 'time=2026-11-23T12:00:00Z level=error msg="no card"', "error"),
        ({"level": "info"}, '{"level":"error","msg":"no card"}', "error"),
        ({}, f"no card\n{TRACE}", "error"),
        ({"level": "warn"}, f"no card\n{TRACE}", "warning"),
        ({"level": "info"}, f"no card\n{TRACE}", "error"),
        ({"level": "http"}, f"no card\n{TRACE}", "error"),
        ({}, json.dumps({"level": "silly", "msg": "no card", "err": {"stack": TRACE}}), "error"),
        ({}, json.dumps({"level": "info", "msg": f"no card\n{TRACE}"}), "error"),
        ({}, f'level=debug msg="no card"\n{TRACE}', "error"),
        ({"level": "none", "severity": "error"}, "no card", "error"),
        ({"detected_level": "unknown"}, "[error] no card", "error"),
        ({"level": "3"}, "no card", "error"),
        ({}, '{"severity_number": 17, "msg": "no card"}', "error"),
        ({}, "<11>1 2026-11-30T00:00:00Z vm shop - - - no card", "error"),
    ],
)
def test_lines_that_report_errors(labels: dict[str, str], line: str, level: str) -> None:
    (event,) = push(line, labels=labels).events

    assert event.level == level
    assert "no card" in (event.message or "")


@pytest.mark.parametrize(
    ("labels", "line"),
    [
        ({"level": "info"}, "no errors at all"),
        ({}, "GET /error 200"),
        ({}, "WARN shop: slow"),
        ({}, 'level=info msg="the errors are gone"'),
        ({}, '{"level":"info","msg":"ERROR is only a word here"}'),
        ({}, ""),
        ({}, "two lines\nwithout a trace"),
        *(
            ({"level": word}, "GET /health 200 3ms")
            for word in "http silly access audit unknown none 7".split()
        ),
        ({"detected_level": "unknown"}, "GET /health 200 3ms"),
        ({}, 'level=none msg="cache warmed" took=3ms'),
        ({}, '{"level":"audit","message":"logged in","error":"none"}'),
        ({}, '{"level":"info","msg":"ok","trace":"4bf92f3577b34da6a3ce929d0e0e4736"}'),
        ({}, '{"level":35,"time":1795436048379,"msg":"audit","pid":1,"hostname":"vm"}'),
        ({}, 'GET /health 200 {"level":"http","ms":3}'),
    ],
)
def test_other_lines_are_counted(labels: dict[str, str], line: str) -> None:
    delivery = push(line, labels=labels)
    assert (delivery.events, delivery.others) == ((), {"log": 1})


def test_a_level_that_nobody_knows_stays_beside_the_line() -> None:
    delivery = push("GET /health", labels={"app": "shop", "level": "http"})
    assert delivery.traced is not None
    ((line,),) = (traced.lines for traced in delivery.traced())
    (event,) = push(f"no card\n{TRACE}", labels={"app": "shop", "level": "http"}).events

    assert (line.level, line.data["level"]) == (Level.INFO, "http")
    assert event.tags == {"app": "shop", "level": "http"}
    assert event.problems == ()


def test_a_stack_trace_behind_a_line_of_logfmt_is_its_own() -> None:
    (event,) = push(f'level=error msg="no card" order=5\n{TRACE}').events

    assert (event.title, event.message) == ("KeyError: 'x'", "no card")
    assert [frame.function for frame in event.exceptions[0].frames] == ["pay"]
    assert event.extra == {"order": "5"}


def test_json_lines_are_read_as_what_they_are() -> None:
    line = {"level": "error", "msg": "charge failed", "err": {"type": "PaymentError", "message": "no card"}}
    (event,) = push(json.dumps(line | {"order": 42}), labels={"app": "shop", "env": "dev"}).events

    assert event.title == "PaymentError: no card"
    assert event.message == "charge failed"
    assert event.environment == "dev"
    assert event.extra == {"order": 42}


def test_structured_metadata_stands_beside_the_line() -> None:
    delivery = push(
        [NS, "no card", {"level": "error", "trace_id": "abc", "host": "vm"}], labels={"job": "pay"}
    )
    (event,) = delivery.events

    assert (event.level, event.server_name) == ("error", "vm")
    assert event.extra == {"trace_id": "abc"}
    assert event.tags == {"job": "pay"}


def test_the_app_of_the_labels_is_the_project_where_no_path_names_one() -> None:
    (event,) = push("ERROR x", labels={"service_name": "checkout"}, project="").events
    assert event.project == "checkout"


def test_a_line_that_is_sent_again_is_the_same_event() -> None:
    labels = {"app": "shop", "level": "error"}
    (first,) = push("boom", labels=labels).events
    (again,) = push("boom", labels=dict(reversed(labels.items()))).events
    (other,) = push([str(int(NS) + 1), "boom"], labels=labels).events

    assert first.event_id == again.event_id != other.event_id


def test_protobuf_is_read_as_winston_loki_sends_it() -> None:
    (event,) = hostile.check(read(WINSTON, PROTOBUF))

    assert (event.message, event.extra) == ("the cart is empty", {"customer": "ada"})
    assert (event.level, event.tags, event.problems) == (Level.ERROR, {"app": "shop"}, ())
    assert event.timestamp.isoformat().startswith("2026-11-24T10:16:")


def test_protobuf_that_is_damaged_is_shown() -> None:
    (event,) = hostile.check(read(b"\xd7\x02\xf0\xd6\n\xd4", PROTOBUF))

    assert "not readable as Loki's protobuf" in event.problems[0]


@given(st.binary(max_size=80) | st.integers(0, len(WINSTON)).map(lambda cut: WINSTON[:cut]))
def test_any_protobuf(body: bytes) -> None:
    hostile.check(read(body, PROTOBUF))


@pytest.mark.parametrize(
    "line", ['POST failed: {"status": 5}', 'no card {"a": 1, "message": "m"}', 'no card {"a": 1', "no {card}"]
)
def test_what_only_looks_like_fields_behind_a_message_stays_in_it(line: str) -> None:
    (event,) = push(line, labels={"level": "error"}).events

    assert event.message == line


@pytest.mark.parametrize(
    "body", [*hostile.UNREADABLE, b"{}", b'{"streams": {}}', b'{"streams": [1, {"values": 5}]}']
)
def test_what_is_no_push_is_shown(body: bytes) -> None:
    (event,) = hostile.check(read(body))

    assert event.title == "A push to Loki that could not be read whole"
    assert event.problems


PUSH = {"streams": [{"stream": {"level": "error", "app": "shop"}, "values": [[NS, "boom", {"trace": "a"}]]}]}


@given(hostile.broken(PUSH))
def test_anything_anywhere_is_read(payload: Any) -> None:
    hostile.check(read(json.dumps(payload).encode()))


@given(st.binary(max_size=200))
def test_any_bytes_are_read(body: bytes) -> None:
    hostile.check(read(body))


@given(hostile.JSON, st.text(max_size=80))
def test_any_line_is_read(value: Any, text: str) -> None:
    push(json.dumps({"level": "error", "x": value}), text, "ERROR " + text)
