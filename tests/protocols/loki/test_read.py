"""Loki: lines that tell of errors become events, each once; all others are counted."""

import json
from typing import Any

import cramjam
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.loki import read as loki_read
from tests.protocols import captures, hostile

ID = "0123456789abcdef0123456789abcdef"
NS = "1795436048379528960"
TRACE = (
    "Traceback (most recent call last):\n  File \"/srv/shop/pay.py\", line 3, in pay\n    x()\nKeyError: 'x'"
)


def read(body: bytes, head: bytes = b"", project: str = "shop") -> Delivery:
    return loki_read.read(captures.report_of("loki", table.Accepted(project, ID), head, body), body)


def push(*lines: Any, labels: Any = None, project: str = "shop") -> Delivery:
    values = [[NS, line] if isinstance(line, str) else line for line in lines]
    streams = [{"stream": {"app": "shop"} if labels is None else labels, "values": values}]
    delivery = read(json.dumps({"streams": streams}).encode(), project=project)
    hostile.check(delivery)
    return delivery


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
    assert captures.load("loki-python/message").read() == Delivery(others={"log": 1})


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
    ],
)
def test_other_lines_are_counted(labels: dict[str, str], line: str) -> None:
    assert push(line, labels=labels) == Delivery(others={"log": 1})


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


PROTOBUF = b"POST /loki/api/v1/push HTTP/1.1\r\nContent-Type: application/x-protobuf"
# What winston-loki 6.1 sent for logger.error("the cart is empty", {"customer": "ada"}).
WINSTON = (
    b'd\xf0c\nb\n\x1a{level="error",app="shop"}\x12D\n\x0c\x08\xeb\xc7\x95\xd8\x06\x10\xc0\xcc\xa8\xf6\x02\x124t'
    b'he cart is empty {"customer":"ada","level":"error"}'
)


def test_protobuf_is_read_as_winston_loki_sends_it() -> None:
    (event,) = hostile.check(read(WINSTON, PROTOBUF))

    assert (event.message, event.extra) == ("the cart is empty", {"customer": "ada"})
    assert (event.level, event.tags, event.problems) == (Level.ERROR, {"app": "shop"}, ())
    assert event.timestamp.isoformat().startswith("2026-11-24T10:16:")


def test_where_it_has_no_snappy_the_message_comes_as_it_is() -> None:
    (event,) = hostile.check(read(bytes(cramjam.snappy.decompress_raw(WINSTON)), PROTOBUF))

    assert event.tags == {"app": "shop"}


def test_protobuf_that_is_damaged_is_shown() -> None:
    (event,) = hostile.check(read(b"\xd7\x02\xf0\xd6\n\xd4", PROTOBUF))

    assert "not readable as Loki's protobuf" in event.problems[0]


def test_what_would_unpack_to_too_much_is_refused() -> None:
    (event,) = hostile.check(read(b"\x80\x80\x80\x80\x08abc", PROTOBUF))

    assert "2,147,483,648 bytes" in event.problems[0]


@given(st.binary(max_size=80) | st.integers(0, len(WINSTON)).map(lambda cut: WINSTON[:cut]))
def test_any_protobuf(body: bytes) -> None:
    hostile.check(read(body, PROTOBUF))


def test_the_form_of_before_2019_is_read_as_winston_loki_5_sends_it() -> None:
    line = 'the cart is empty {"customer":"ada"}'
    stream = {"labels": '{level="error",app="sh\\"op"}', "entries": [{"ts": 1795435200000, "line": line}]}
    (event,) = hostile.check(read(json.dumps({"streams": [stream]}).encode()))

    assert (event.message, event.extra) == ("the cart is empty", {"customer": "ada"})
    assert (event.level, event.tags) == (Level.ERROR, {"app": 'sh"op'})
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.problems == ()
    assert table.find("/shop/api/prom/push") is not None
    assert captures.arrival("/shop/api/prom/push", b"{}", {})[0].name == "loki"


@pytest.mark.parametrize(
    "line", ['POST failed: {"status": 5}', 'no card {"a": 1, "message": "m"}', 'no card {"a": 1', "no {card}"]
)
def test_what_only_looks_like_fields_behind_a_message_stays_in_it(line: str) -> None:
    (event,) = push(line, labels={"level": "error"}).events

    assert event.message == line


@pytest.mark.parametrize("entries", [[1], [{"line": "x"}], [{"ts": True, "line": "x"}]])
def test_older_entries_that_are_odd_are_shown(entries: list[Any]) -> None:
    (event,) = hostile.check(read(json.dumps({"streams": [{"entries": entries}]}).encode()))

    assert "streams.0.entries.0" in event.problems[0]


@pytest.mark.parametrize(
    "body", [*hostile.UNREADABLE, b"{}", b'{"streams": {}}', b'{"streams": [1, {"values": 5}]}']
)
def test_what_is_no_push_is_shown(body: bytes) -> None:
    (event,) = hostile.check(read(body))

    assert event.title == "A push to Loki that could not be read whole"
    assert event.problems


@pytest.mark.parametrize("entry", [[], [NS], [NS, 5], [None, "ERROR x"], 5, [True, "ERROR x"], {}])
def test_invalid_entries_become_events_with_a_problem(entry: Any) -> None:
    delivery = push("ERROR one", entry, "ERROR two", labels={})

    assert [event.title for event in delivery.events[:2]] == ["ERROR one", "ERROR two"]
    assert "streams.0.values.1" in delivery.events[2].problems[0]
    assert delivery.events[2].extra["streams.0.values.1"] == entry


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
