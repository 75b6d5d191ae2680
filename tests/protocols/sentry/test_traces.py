"""Spans and log lines of what real clients of Sentry sent, and of what none would."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.model import Level
from app.protocols import table
from app.protocols.delivery import Delivery
from app.protocols.sentry.read import read_envelope
from app.traces.model import LogLine, Span
from tests.protocols import captures, hostile

TRANSACTIONS = {
    "sentry-python/transaction": ("nightly job", "task", ["db SELECT 1"]),
    "sentry-python-1.45/transaction": ("nightly job", "task", ["db SELECT 1"]),
    "sentry-node-7/transaction": ("nightly job", "task", ["db SELECT 1"]),
    "sentry-node/spanstream": ("nightly job", "task", ["db SELECT 1"]),
    "sentry-node/transaction": ("nightly job", "task", ["db SELECT 1"]),
    "sentry-python/spanstream": ("nightly job", None, ["None child"]),
}
REPORT = captures.report_of("sentry.envelope", table.Accepted("shop", "a" * 32))
TRACE = {"trace_id": "b" * 32, "span_id": "c" * 16, "op": "http.server", "status": "ok", "data": {"a": 1}}
TRANSACTION = {
    "type": "transaction",
    "transaction": "/checkout",
    "contexts": {"trace": TRACE},
    "start_timestamp": captures.RECORDED / 1e6,
    "timestamp": captures.RECORDED / 1e6 + 0.5,
    "server_name": "vm",
    "request": {"url": "http://shop/checkout", "method": "GET", "headers": {"Cookie": "secret"}},
    "spans": [{"span_id": "d" * 16, "parent_span_id": "c" * 16, "op": "db", "description": "SELECT 1"}],
}
SPAN = {
    "items": [{"trace_id": "b", "span_id": "c", "name": "x", "attributes": {"sentry.op": {"value": "db"}}}]
}
LOG = {"items": [{"timestamp": 1.0, "level": "info", "body": "x", "attributes": {"a": {"value": 1}}}]}


def envelope(kind: str, payload: Any) -> bytes:
    body = json.dumps(payload).encode()
    header = json.dumps({"type": kind, "length": len(body)}).encode()
    return b"\n".join((b"{}", header, body, b""))


def spans_of(delivery: Delivery) -> list[Span]:
    assert delivery.traced is not None
    return [span for traced in delivery.traced() for span in traced.spans]


def lines_of(delivery: Delivery) -> list[LogLine]:
    assert delivery.traced is not None
    return [line for traced in delivery.traced() for line in traced.lines]


@pytest.mark.parametrize("name", TRANSACTIONS)
def test_a_transaction_is_a_span_with_those_in_it(name: str) -> None:
    named, op, below = TRANSACTIONS[name]
    spans = spans_of(captures.load(name).read())
    (root,) = [span for span in spans if span.transaction]
    others = [span for span in spans if span is not root]
    assert (root.transaction, root.name, root.op) == (named, named, op)
    assert [f"{span.op} {span.name}" for span in others] == below
    assert {span.parent_id for span in others} == {root.span_id}
    assert all(root.start <= span.start <= span.end <= root.end for span in others)


def test_a_browser_sends_its_page() -> None:
    spans = spans_of(captures.load("browser-sentry11/transaction").read())
    (root,) = [span for span in spans if span.transaction]
    assert (len(spans), root.transaction) == (14, "Pageload")


@pytest.mark.parametrize("name", ["sentry-python/logs", "sentry-node/logs"])
def test_lines_of_every_level_come_with_their_trace(name: str) -> None:
    delivery = captures.load(name).read()
    lines = lines_of(delivery)
    assert [(line.level, line.message) for line in lines][:2] == [
        (Level.INFO, "hello ada"),
        (Level.ERROR, "bad 3"),
    ]
    assert all(len(line.trace_id) == 32 for line in lines)
    assert lines[1].data["order"] == 1042
    assert not any(name.startswith("sentry.") for line in lines for name in line.data)


def test_what_is_counted_stays_the_same() -> None:
    delivery = read_envelope(REPORT, envelope("transaction", TRANSACTION))
    assert (delivery.events, delivery.others) == ((), {"transaction": 1})


def test_a_transaction_says_where_and_how_it_ended() -> None:
    root, below = spans_of(read_envelope(REPORT, envelope("transaction", TRANSACTION)))
    assert (root.status, root.end - root.start) == ("ok", 500_000)
    assert root.data == {"a": 1, "request": {"url": "http://shop/checkout", "method": "GET"}}
    assert (below.trace_id, below.parent_id) == (root.trace_id, root.span_id)


def test_an_older_span_of_its_own() -> None:
    (span,) = spans_of(
        read_envelope(
            REPORT, envelope("span", {**SPAN["items"][0], "is_segment": True, "description": "paint"})
        )
    )
    assert (span.name, span.transaction) == ("paint", "paint")


def test_an_error_has_nothing_to_be_read_beside_it() -> None:
    assert captures.load("sentry-python/handled").read().traced is None


@given(hostile.broken(TRANSACTION))
def test_whatever_a_transaction_holds(payload: Any) -> None:
    hostile.check(read_envelope(REPORT, envelope("transaction", payload)))


@given(hostile.broken(SPAN))
def test_whatever_spans_hold(payload: Any) -> None:
    hostile.check(read_envelope(REPORT, envelope("span", payload)))


@given(hostile.broken(LOG))
def test_whatever_logs_hold(payload: Any) -> None:
    hostile.check(read_envelope(REPORT, envelope("log", payload)))
