import json

import pytest

from app.protocols.elastic import lines
from tests.protocols import captures, hostile
from tests.protocols.elastic.requests import ERROR, ERROR_ID, METADATA, body_of, deliver


def test_metadata_describes_the_lines_behind_it() -> None:
    other = {"service": {"name": "stock"}}

    first, second = deliver(
        {"metadata": METADATA}, {"error": ERROR}, {"metadata": other}, {"error": {"id": "b" * 32}}
    ).events

    assert (first.project, second.project) == ("shop", "stock")


@pytest.mark.parametrize(
    "line", [b"hello", b"{", b"[]", b"5", b'{"colour": "red"}', b'{"error": 5}', b"\xff\xfe"]
)
def test_an_unknown_line_is_an_event_with_a_problem(line: bytes) -> None:
    (event,) = deliver({"metadata": METADATA}, line, {"span": {}}).events

    assert event.project == "shop"
    assert event.problems
    assert event.extra


def test_a_line_cut_short_has_what_arrived() -> None:
    whole = json.dumps({"error": {**ERROR, "culprit": "shop.pay", "context": {"custom": {"n": 1}}}}).encode()

    (event,) = deliver({"metadata": METADATA}, whole[: whole.index(b'"context"')]).events

    assert (event.title, event.culprit, event.event_id) == ("E: no card", "shop.pay", ERROR_ID)
    assert "cut short" in event.problems[0]


def test_a_line_with_more_than_one_record() -> None:
    (event,) = deliver({"error": ERROR, "colour": "red"}).events

    assert event.title == "E: no card"
    assert event.extra == {"colour": "red"}


def test_an_odd_transaction_does_not_harm_its_error() -> None:
    error = {**ERROR, "transaction_id": "t"}
    odd = [{"id": "t", "name": 5}, {"id": "t", "context": {"user": hostile.nested(100)}}, []]

    delivery = deliver({"error": error}, *({"transaction": one} for one in odd), b'{"transaction": {')

    assert delivery.others == {"transaction": 4}
    assert [event.transaction for event in delivery.events] == [None]


def test_other_records_are_counted_and_not_decoded() -> None:
    found = lines.read(
        body_of({"metadata": METADATA}, b'{"span": broken', {"y": {}}, {"metricset": {}}, b" ")
    )

    assert found.others == {"span": 2, "metricset": 1}
    assert (found.metadata, found.errors) == (METADATA, [])


def test_a_browsers_agent_has_short_names() -> None:
    """Version 3 of its intake, as rum-js 5.17 sends it."""
    found = lines.read(captures.load("elastic-rum/unhandled_v3").body())

    (error,) = found.errors
    assert error.metadata["service"]["name"] == "shop"
    assert error.error["exception"]["message"].endswith("payment failed for order 42")
    assert error.error["exception"]["stacktrace"][0]["function"] == "processOrder"
    assert (found.metadata, error.notes.problems) == (error.metadata, [])


def test_a_transaction_gives_its_errors_a_name_and_a_user() -> None:
    transaction = {"id": "t", "name": "GET /pay", "context": {"user": {"id": "7"}}}

    delivery = deliver({"error": {**ERROR, "transaction_id": "t"}}, {"transaction": transaction})

    (event,) = delivery.events
    assert (event.transaction, event.user, delivery.others) == ("GET /pay", {"id": "7"}, {"transaction": 1})
