"""What the agents for Node and for browsers sent, field by field; browsers in both versions of the intake."""

import pytest

from app.model import Event, ExceptionInfo
from app.protocols.event import timestamps
from tests.protocols import captures

PAYMENT_FAILED = "payment failed for order 42"
TITLE = f"PaymentError: {PAYMENT_FAILED}"


def one(name: str) -> Event:
    (event,) = captures.load(name).read().events
    assert event.problems == ()
    assert (event.project, event.release, event.environment) == ("shop", "1.2.3", "dev")
    assert event.level == "error"
    return event


def own_calls(raised: ExceptionInfo) -> list[str | None]:
    return [frame.function for frame in raised.frames if frame.in_app]


@pytest.mark.parametrize("case", ["unhandled", "handled", "express"])
def test_node(case: str) -> None:
    event = one(f"elastic-apm-node/{case}")

    assert event.title == TITLE
    assert event.culprit == "processOrder (shop.js)"
    assert (event.platform, event.server_name) == ("node", "webshop")
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("nodejs", "4.18.0")
    (raised,) = event.exceptions
    assert (raised.type, raised.value, raised.module) == ("PaymentError", PAYMENT_FAILED, None)
    assert raised.mechanism == {"type": "elastic", "handled": case != "unhandled"}
    assert own_calls(raised)[-2:] == ["checkout", "processOrder"]
    assert {frame.in_app for frame in raised.frames} == {True, False}
    crash = raised.frames[-1]
    assert (crash.filename, crash.abs_path, crash.line) == ("shop.js", "/srv/webshop/shop.js", 21)
    assert [number for number, _text in crash.context] == [19, 20, 21, 22, 23]
    assert dict(crash.context)[21].strip().startswith("throw new PaymentError(")
    assert event.contexts["runtime"] == {"name": "node", "version": "20.20.2"}


def test_node_with_a_user_labels_and_context() -> None:
    event = one("elastic-apm-node/handled")

    assert event.event_id == "09d5b4aa0e38d7325793abc496c278df"
    assert event.timestamp == timestamps.parse("2026-11-24T06:57:36.379Z")
    assert event.user == {"id": "7", "username": "ada", "email": "ada@example.com"}
    assert event.tags == {"customer": "ada"}
    assert event.extra == {"cart": {"items": 2}}


def test_node_inside_a_request() -> None:
    event = one("elastic-apm-node/express")

    assert event.transaction == "GET /checkout/:order"
    assert event.request is not None
    assert (event.request.method, event.request.query) == ("GET", "coupon=none")
    assert event.request.url == "http://127.0.0.1:45065/checkout/42?coupon=none"
    assert event.request.headers["x-shop"] == "north"
    assert event.request.headers["user-agent"].endswith("Firefox/140.0")
    assert event.request.env == {"HTTP_VERSION": "1.1", "REMOTE_ADDR": "127.0.0.1"}
    assert event.contexts["response"]["status_code"] == 500
    assert event.contexts["framework"] == {"name": "express", "version": "5.3.0"}
    # The error came before the app had said who it was; its transaction knows.
    assert event.user == {"id": "7", "username": "ada", "email": "ada@example.com"}
    assert event.extra == {"cart": {"items": 2}}


def test_node_messages() -> None:
    plain, formatted = one("elastic-apm-node/message"), one("elastic-apm-node/template")

    assert (plain.message, plain.exceptions, plain.extra) == ("the cart is empty", (), {})
    assert formatted.message == "order 42 has no card"
    assert formatted.extra == {"logentry": {"message": "order %d has no card"}}
    (thread,) = plain.threads
    assert [frame.function for frame in thread.frames] == [
        "processImmediate",
        "Immediate.<anonymous>",
        "message",
    ]
    assert plain.culprit == "app.js in message"


def test_node_sends_no_members_of_an_aggregate() -> None:
    (raised,) = one("elastic-apm-node/aggregate").exceptions

    assert (raised.type, raised.value) == ("AggregateError", "two of two failed")


@pytest.mark.parametrize("version", ["", "_v3"])
@pytest.mark.parametrize("case", ["unhandled", "rejection", "handled"])
def test_browsers(case: str, version: str) -> None:
    event = one(f"elastic-rum/{case}{version}")

    (raised,) = event.exceptions
    # Version 3 leaves the type out; only the message of what nobody caught has it, too.
    kind = None if (case, version) == ("handled", "_v3") else "PaymentError"
    assert (raised.type, raised.value) == (kind, PAYMENT_FAILED)
    assert event.title == (TITLE if kind else PAYMENT_FAILED)
    assert raised.mechanism == {"type": "elastic", "handled": case == "handled"}
    assert own_calls(raised)[-2 if case != "rejection" else -3 :][0] in ("checkout", "checkoutLater")
    crash = raised.frames[-1]
    assert (crash.function, crash.filename, crash.line, crash.column) == ("processOrder", "app.js", 4879, 13)
    assert event.culprit == "app.js in processOrder"
    assert event.platform == "javascript"
    assert event.timestamp == event.received_at
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("rum-js", "5.17.5")
    assert event.request is not None
    assert event.request.url == f"{crash.abs_path}".replace("app.js", f"#{case}")
    assert event.request.headers.keys() == {"User-Agent"}
    assert "HeadlessChrome/156" in event.request.headers["User-Agent"]
    assert event.user == {"id": "7", "username": "ada", "email": "ada@example.com"}
    assert event.tags == {"customer": "ada"}
    assert event.extra == {"cart": {"items": 2}, "name": "PaymentError", "culprit": "app.js"}
    assert event.contexts["trace"]["op"] == "page-load"
    assert len(event.contexts["trace"]["trace_id"]) == 32


@pytest.mark.parametrize("version", ["", "_v3"])
def test_a_text_that_a_browsers_app_reports(version: str) -> None:
    event = one(f"elastic-rum/message{version}")

    assert (event.title, event.message, event.exceptions) == ("the cart is empty", "the cart is empty", ())
