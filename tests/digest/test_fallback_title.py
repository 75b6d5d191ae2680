from collections.abc import Callable
from typing import Any

import pytest
from msgspec import json

from app.digest import understanding
from app.digest.grouping import v2
from app.model import Event
from app.protocols.event import headline
from app.protocols.protocol import Accepted
from tests.protocols.captures import report_of

ID = "0123456789abcdef0123456789abcdef"


def event_of(protocol: str, body: bytes) -> Event:
    report = report_of(protocol, Accepted("shop", ID), body=body)
    event = understanding.understand(report, 1 << 20).events[0]
    outline = understanding.outline(report, 1 << 20).events[0]
    assert (outline.title, outline.message) == (event.title, event.message)
    return event


def test_generated_numbers_are_not_in_a_title() -> None:
    frames = b'{"frames": [{"function": "pay", "module": "shop.Cart_$$_javassist_seam_8"}]}'
    event = event_of("sentry.store", b'{"platform": "java", "stacktrace": ' + frames + b"}")
    assert (event.title, event.culprit) == (
        "Event in shop.Cart in pay",
        "shop.Cart_$$_javassist_seam_8 in pay",
    )


PROTOCOLS = [
    "sentry.store",
    "rollbar.item",
    "bugsnag.notify",
    "airbrake.notice",
    "raygun.entry",
    "elastic.intake",
]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b'{"odd": {"error_message": "disk is full"}}', "disk is full"),
        (b'{"odd": "many words in here"}', "many words in here"),
        (b'{"a": 1, "b": 2}', "An object with a, b"),
        (b"just a text\nof two lines", "just a text"),
        (b"{'odd': {'message': 'from Python', 'x': None}}", "from Python"),
        (b'{"odd": {"message": "a \\x41 b"}}', "a A b"),
        (b"\x89PNG\r\n\x1a\n" + bytes(112), "120 bytes of image/png"),
        (b'{"odd": {"message": "password=hunter22 is wrong"}}', "password=[Filtered] is wrong"),
        (b'{"password": "correct horse battery"}', "An object with password"),
    ],
)
def test_the_best_text_of_the_body_is_the_title(protocol: str, body: bytes, title: str) -> None:
    assert event_of(protocol, body).title == title


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_another_text_is_another_issue_and_another_number_is_not(protocol: str) -> None:
    def key(body: bytes) -> object:
        return v2.key(event_of(protocol, body))

    assert key(b'{"odd": {"text": "disk 1 full"}}') == key(b'{"odd": {"text": "disk 2 full"}}')
    assert key(b'{"odd": {"text": "disk 1 full"}}') != key(b'{"odd": {"text": "memory 1 full"}}')
    assert key(b'{"a": 1, "b": 2}') == key(b'{"a": 5, "b": 7}')
    assert key(b'{"a": 1, "b": 2}') != key(b'{"c": 1, "d": 2}')


def sentry(**fields: Any) -> Event:
    return event_of("sentry.store", json.encode(fields))


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (lambda: sentry(exception={"values": [{}]}), "Exception without a name"),
        (
            lambda: sentry(
                exception={"values": [{"stacktrace": {"frames": [{"function": "f", "module": "m"}]}}]}
            ),
            "Exception in m in f",
        ),
        (lambda: sentry(transaction="/pay"), "Event in /pay"),
        (lambda: sentry(request={"url": "http://x/y", "method": "GET"}), "Event at GET http://x/y"),
        (lambda: sentry(logger="shop.pay"), "Event of shop.pay"),
        (lambda: sentry(tags={"area": "pay"}), "Event with area pay"),
        (lambda: sentry(breadcrumbs=[{"message": "opened"}, {"message": "clicked pay"}]), "clicked pay"),
        (lambda: sentry(release="1", user={"id": "5"}), "Event with nothing but release, user"),
        (sentry, "Empty event"),
        (lambda: event_of("otlp.logs", b"no protobuf at all"), "Unreadable OTLP request: no protobuf at all"),
    ],
)
def test_other_fields_make_a_title_where_there_is_no_text(make: Callable[[], Event], title: str) -> None:
    event = make()

    assert event.title == title
    assert event.title != headline.UNLABELLED
