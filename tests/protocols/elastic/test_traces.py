"""Transactions, spans and log lines of what Elastic's agents sent."""

import json
from typing import Any

from hypothesis import given

from app.model import Level
from app.protocols import table
from app.protocols.elastic.read import read
from app.traces.model import Traced
from tests.protocols import captures, hostile

REPORT = captures.report_of("elastic.intake", table.Accepted("", "a" * 32))
METADATA = {"metadata": {"service": {"name": "shop"}, "system": {"hostname": "vm"}}}
BROWSER = {"x": {"id": "c", "tid": "b", "n": "/checkout", "t": "page-load", "d": 300, "y": [
    {"id": "d", "n": "GET /api", "t": "external", "su": "http", "s": 100, "d": 50},
]}}  # fmt: skip
LOG = {
    "log": {
        "message": "begins",
        "@timestamp": captures.RECORDED,
        "log.level": "warn",
        "trace.id": "b",
        "mine": 1,
    }
}


def lines(*records: Any) -> bytes:
    return "\n".join(map(json.dumps, records)).encode()


def traced(body: bytes) -> Traced:
    delivery = read(REPORT, body)
    assert delivery.traced is not None
    (found,) = delivery.traced()
    return found


def test_a_span_is_in_its_transaction() -> None:
    delivery = captures.load("elastic-apm-python/transaction").read()
    assert delivery.traced is not None
    (found,) = delivery.traced()
    span, transaction = found.spans
    assert (transaction.transaction, transaction.op) == ("nightly", "task")
    assert (span.name, span.op, span.status) == ("work", "db", "ok")
    assert (span.parent_id, span.trace_id) == (transaction.span_id, transaction.trace_id)
    assert transaction.start <= span.start < span.end <= transaction.end


def test_a_failed_request_says_so() -> None:
    delivery = captures.load("elastic-apm-python/flask.2").read()
    assert delivery.traced is not None
    (span,) = delivery.traced()[0].spans
    assert (span.transaction, span.status) == ("POST /checkout/<int:order_id>", "error")


def test_a_browsers_short_names_are_read() -> None:
    page, call = traced(lines(METADATA, BROWSER)).spans
    assert (page.transaction, page.op, page.end) == ("/checkout", "page-load", REPORT.received_at)
    assert (call.name, call.op, call.parent_id) == ("GET /api", "external.http", "c")
    assert (call.start - page.start, call.end - call.start) == (100_000, 50_000)


def test_a_log_line_is_one() -> None:
    found = traced(lines(METADATA, LOG))
    (line,) = found.lines
    assert (line.level, line.message, line.trace_id, line.data) == (Level.WARNING, "begins", "b", {"mine": 1})
    assert (found.source.project, found.source.server) == ("shop", "vm")


@given(hostile.broken({"transaction": {"id": "a", "trace_id": "b", "context": {"db": {}}, "duration": 1}}))
def test_whatever_a_transaction_holds(payload: Any) -> None:
    hostile.check(read(REPORT, lines(METADATA, payload)))


@given(hostile.broken(BROWSER))
def test_whatever_a_browser_sends(payload: Any) -> None:
    hostile.check(read(REPORT, lines(METADATA, payload)))
