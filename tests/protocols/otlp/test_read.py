"""What OTLP says, in either encoding, and what becomes of it."""

from tests.protocols.otlp.requests import (
    SHOP,
    deliver,
    raised,
    resource,
    span,
    traces,
)


def test_several_resources_are_several_projects() -> None:
    payload = {
        "resourceSpans": [
            *traces(span(raised()), of=resource(service__name="unknown_service:node"))["resourceSpans"],
            *traces(span(raised()), of=SHOP)["resourceSpans"],
            *traces(span(raised()), of=resource(service__name="stock"))["resourceSpans"],
        ]
    }

    delivery = deliver(payload)

    assert [event.project for event in delivery.events] == ["otlp", "shop", "stock"]
    assert delivery.project == "shop"
    assert {event.project for event in deliver(payload, project="mine").events} == {"mine"}


def test_an_empty_request_brings_nothing() -> None:
    for body in (b"", b"{}", b'{"resourceSpans": []}', b'{"resourceSpans": null}'):
        delivery = deliver(body)
        assert (delivery.events, delivery.others) == ((), {})
