from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Event, Level
from app.protocols import table
from tests.protocols import captures, hostile

STACK = (
    "Error: no card\n    at pay (http://shop.example/shop.js:21:11)\n    at http://shop.example/shop.js:26:10"
)


BEACON = {
    "apiKey": "0123456789abcdef0123456789abcdef",
    "notifierVersion": "3.3.3",
    "name": "PaymentError",
    "message": "no card",
    "stacktrace": STACK,
    "severity": "warning",
    "appVersion": "1.2.3",
    "releaseStage": "test",
    "url": "http://shop.example/?coupon=none",
    "userAgent": "Mozilla/5.0",
    "user[id]": "7",
    "metaData[cart][items]": "2",
    "breadcrumbs[0][name]": "click",
    "payloadVersion": "3",
    "ct": "img",
    "cb": "1",
}


def beacon_of(path: str, fields: dict[str, str]) -> Event:
    query = urlencode(fields).encode()
    protocol, request = captures.arrival(path, b"", {}, query, "GET")
    head = b"GET %b?%b HTTP/1.1" % (path.encode(), query)
    report = captures.report_of(protocol.name, protocol.accept(request), head)
    (event,) = hostile.check(protocol.read(report, b""))
    return event


def test_an_event_of_bugsnag_js_3_in_the_address_of_an_image() -> None:
    event = beacon_of("/shop/js", BEACON)

    assert (event.project, event.title, event.level) == ("shop", "PaymentError: no card", Level.WARNING)
    assert [(frame.function, frame.line) for frame in event.exceptions[0].frames] == [(None, 26), ("pay", 21)]
    assert (event.release, event.environment, event.user) == ("1.2.3", "test", {"id": "7"})
    assert event.request is not None
    assert (event.request.url, event.request.query) == (BEACON["url"], "coupon=none")
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version) == ("Bugsnag JavaScript", "3.3.3")
    assert event.extra["cart"] == {"items": "2"}
    assert [crumb.message for crumb in event.breadcrumbs] == ["click"]
    assert (event.platform, event.problems) == ("javascript", ())


def test_the_message_of_an_uncaught_error_says_so() -> None:
    event = beacon_of("/shop/js", BEACON | {"message": "Uncaught PaymentError: no card", "severity": "info"})

    assert (event.title, event.level) == ("PaymentError: no card", Level.ERROR)
    assert event.exceptions[0].mechanism == {"type": "bugsnag", "handled": False}


def test_without_a_stack_the_place_is_the_frame() -> None:
    place = {"file": "http://shop.example/shop.js", "lineNumber": "21", "columnNumber": "x"}

    event = beacon_of("/bugsnag/notify", {"apiKey": "shop", "name": "E", **place})

    assert event.project == "shop"
    assert event.exceptions[0].frames[0].line == 21


def test_a_visit_without_a_key_is_refused() -> None:
    protocol, request = captures.arrival("/bugsnag/js", b"", {}, b"a=1", "GET")

    with pytest.raises(table.Malformed):
        protocol.accept(request)


@given(
    st.dictionaries(st.sampled_from([*BEACON, "stacktrace[0]", "app", "exceptions", "unhandled"]), st.text())
)
def test_any_beacon(fields: dict[str, str]) -> None:
    beacon_of("/js", {"api_key": "shop"} | fields | {"apiKey": "shop"})
