from app.protocols.event import timestamps
from tests.protocols.otlp.requests import (
    NOON,
    deliver,
    one,
    pairs,
    raised,
    span,
    traces,
)


def test_each_exception_of_a_span_is_an_event() -> None:
    other = {"name": "retried", "timeUnixNano": str(NOON), "attributes": pairs({"n": 2})}
    delivery = deliver(traces(span(raised(), other, raised(NOON + 1), raised(NOON + 1)), span(other), span()))

    assert len({event.event_id for event in delivery.events}) == 3
    assert delivery.others == {"span": 2}
    for event in delivery.events:
        (crumb,) = event.breadcrumbs
        assert (crumb.message, crumb.category, crumb.data) == ("retried", None, {"n": 2})


def test_an_exception_without_a_stack_trace_has_the_place_of_its_span() -> None:
    happened = {"name": "exception", "attributes": pairs({"exception.type": "java.io.IOException"})}
    code = {
        "code.filepath": "Cart.java",
        "code.namespace": "shop.Cart",
        "code.function": "pay",
        "code.lineno": 9,
    }

    event = one(traces(span(happened, attributes=code, endTimeUnixNano=str(NOON))))

    (only,) = event.exceptions
    assert (only.type, only.module, only.value) == ("IOException", "java.io", None)
    (frame,) = only.frames
    assert (frame.filename, frame.module, frame.function, frame.line) == ("Cart.java", "shop.Cart", "pay", 9)
    assert event.timestamp == timestamps.parse("2026-11-23T12:00:00Z")


def test_an_exception_event_without_attributes_is_a_message() -> None:
    event = one(traces(span({"name": "exception"}, status={"code": 2, "message": "it broke"})))

    assert (event.title, event.exceptions) == ("it broke", ())


def test_an_outgoing_request_is_not_the_request_of_the_event() -> None:
    attributes = {"http.request.method": "GET", "url.full": "http://bank.test/"}

    for kind in (3, "SPAN_KIND_CLIENT"):
        event = one(traces(span(raised(), attributes=attributes, kind=kind)))
        assert event.request is None
        assert event.tags == attributes
        assert event.contexts["span"]["kind"] == "client"
