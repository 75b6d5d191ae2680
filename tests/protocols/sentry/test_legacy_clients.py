"""What the first clients did otherwise: causes last, other names for things, their own name in the head."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from app.model import Event, Sdk
from app.protocols import table
from app.protocols.sentry import read
from tests.protocols import captures

ACCEPTED = table.Accepted("shop", "0123456789abcdef0123456789abcdef")
RAISED_FIRST = {"values": [{"type": "PaymentError"}, {"type": "KeyError"}]}


def event_of(client: str, payload: dict[str, Any]) -> Event:
    head = f"POST /api/1/store/ HTTP/1.1\r\nX-Sentry-Auth: Sentry sentry_key=shop, sentry_client={client}"
    report = captures.report_of("sentry.store", ACCEPTED, head.encode())
    body = json.dumps(payload).encode()
    (outline,) = read.outline_store(report, body).events
    (event,) = read.read_store(report, body).events
    assert (outline.title, outline.culprit) == (event.title, event.culprit)
    return event


@pytest.mark.parametrize(
    "client", ["sentry-python/0.5.5", "sentry.python/0.7.10", "sentry.python.flask/0.7.0"]
)
def test_the_first_versions_for_python_put_the_cause_last(client: str) -> None:
    event = event_of(client, {"exception": RAISED_FIRST})

    assert [raised.type for raised in event.exceptions] == ["KeyError", "PaymentError"]
    assert event.title == "PaymentError"


@pytest.mark.parametrize(
    "client", ["sentry.python/0.7.11", "sentry.python/2.40.0", "sentry.javascript.node/0.1.0", "odd"]
)
def test_all_others_put_it_first(client: str) -> None:
    event = event_of(client, {"exception": {"values": RAISED_FIRST["values"][::-1]}})

    assert event.title == "PaymentError"


def test_a_client_that_is_not_named_in_the_event_is_named_in_the_head() -> None:
    assert event_of("raven-python/5.0.0", {"message": "m"}).sdk == Sdk(name="raven-python", version="5.0.0")
    named = {"message": "m", "sdk": {"name": "own", "version": "1"}}
    assert event_of("raven-python/5.0.0", named).sdk == Sdk(name="own", version="1")
    assert event_of("", {"message": "m"}).sdk is None


def test_a_client_in_a_browser_is_named_in_the_address() -> None:
    head = b"POST /api/1/store/?sentry_version=7&sentry_client=raven-js%2F3.27.2&sentry_key=shop HTTP/1.1\r\n"
    report = captures.report_of("sentry.store", ACCEPTED, head)

    (event,) = read.read_store(report, b'{"message": "m"}').events

    assert event.sdk == Sdk(name="raven-js", version="3.27.2")


@pytest.mark.parametrize("wrapped", [True, False])
def test_the_type_of_a_breadcrumb_had_another_name(wrapped: bool) -> None:
    crumbs: Any = [{"ty": "log", "message": "no card"}, {"ty": "log", "type": "http"}]

    event = event_of("sentry.python/0.14.4", {"breadcrumbs": {"values": crumbs} if wrapped else crumbs})

    assert [crumb.type for crumb in event.breadcrumbs] == ["log", "http"]
    assert [*event.extra.values()] == ["log"]


def test_an_empty_request_is_none() -> None:
    assert event_of("raven-node/2.6.4", {"message": "m", "request": {"cookies": {}}}).request is None


def test_a_message_may_stand_alone() -> None:
    event = event_of("old", {"logentry": "no card"})

    assert (event.message, event.problems) == ("no card", ())


def test_raven_js_says_of_all_exceptions_how_they_came() -> None:
    part = {"values": [{"type": "E"}], "mechanism": {"type": "onunhandledrejection", "handled": False}}

    event = event_of("raven-js/3.27.2", {"level": "info", "exception": part})

    assert event.exceptions[0].mechanism == part["mechanism"]
    assert (event.level, event.extra) == ("error", {})


@pytest.mark.parametrize(
    ("agent", "sdk"), [("raven-go/1.0", Sdk(name="raven-go", version="1.0")), ("Go/1.1", None)]
)
def test_or_by_its_user_agent(agent: str, sdk: Sdk | None) -> None:
    head = f"POST /api/1/store/ HTTP/1.1\r\nuser-agent: {agent}".encode()

    (event,) = read.read_store(captures.report_of("sentry.store", ACCEPTED, head), b'{"message": "m"}').events

    assert event.sdk == sdk


def test_raven_js_asked_for_an_image_up_to_version_1() -> None:
    told = {"event_id": "a" * 32, "message": "no card & no coupon é"}
    query = urlencode({"sentry_version": 4, "sentry_key": "shop", "sentry_data": json.dumps(told)}).encode()
    protocol, request = captures.arrival("/api/1/store/", b"", {}, query, "GET")
    accepted = protocol.accept(request)
    report = captures.report_of(protocol.name, accepted, b"GET /api/1/store/?%b HTTP/1.1" % query)

    (event,) = protocol.read(report, b"").events

    assert (event.message, event.event_id, event.project) == (told["message"], "a" * 32, "shop")
    assert accepted.event_id == "a" * 32


@pytest.mark.parametrize("query", [b"", b"sentry_key=shop", b"sentry_data=", b"sentry_data=%5B1%5D"])
def test_a_visit_brings_no_event(query: bytes) -> None:
    protocol, request = captures.arrival("/api/1/store/", b"", {}, query, "GET")

    with pytest.raises(table.Malformed):
        protocol.accept(request)
