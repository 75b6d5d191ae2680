from functools import partial
from typing import Any

import pytest

from tests.protocols import notices

notice = notices.airbrake
event_of = partial(notices.event_of, "airbrake.notice")


def test_history_becomes_breadcrumbs() -> None:
    history = [
        {"type": "xhr", "method": "GET", "url": "/a", "statusCode": 500, "date": "2026-11-23T12:00:00.000Z"},
        {"type": "log", "severity": "warn", "arguments": ["low", {"left": 1}], "num": 2},
        {"type": "location", "from": "/a", "to": "/b", "date": "yesterday"},
        {"type": "click", "target": "body > button"},
    ]
    event = event_of(notice() | {"context": {"history": history}})
    request, log, way, click = event.breadcrumbs
    assert (request.type, request.category) == ("http", "xhr")
    assert request.data == {"method": "GET", "url": "/a", "statusCode": 500}
    assert str(request.timestamp) == "2026-11-23 12:00:00+00:00"
    assert (log.category, log.level, log.message) == ("console", "warn", 'low {"left": 1}')
    assert (way.category, way.data, way.timestamp) == ("navigation", {"from": "/a", "to": "/b"}, None)
    assert (click.category, click.message) == ("ui.click", "body > button")
    assert event.extra["context.history.2.date"] == "yesterday"
    assert event.problems


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        ({"id": 7, "name": None}, {"id": 7, "ip_address": "::1"}),
        ("ada", {"id": "ada", "ip_address": "::1"}),
        ("", {"ip_address": "::1"}),
        ([], {"id": [], "ip_address": "::1"}),
    ],
)
def test_users(user: Any, expected: dict[str, Any]) -> None:
    assert event_of(notice() | {"context": {"user": user, "userAddr": "::1"}}).user == expected


def test_a_request_of_django() -> None:
    meta = {"REQUEST_METHOD": "POST", "HTTP_X_SHOP": "north", "PATH": "/bin", "CONTENT_TYPE": "text/plain"}
    request = {"scheme": "http", "method": "POST", "GET": {"a": ["1", "2"]}, "POST": {"b": "3"}, "META": meta}
    event = event_of(notice() | {"params": {"request": request}})
    assert event.request is not None
    assert (event.request.method, event.request.query) == ("POST", "a=1&a=2")
    assert event.request.headers == {"X-Shop": "north", "Content-Type": "text/plain"}
    assert (event.request.body, event.request.env) == ({"b": "3"}, {"PATH": "/bin"})
    assert event.extra == {"request.scheme": "http"}


def test_what_the_app_ran_on() -> None:
    context = {
        "language": "Ruby/3.3",
        "os": "Linux/6",
        "architecture": "x64",
        "rootDirectory": "/srv/shop",
        "referer": "http://shop.test/cart",
        "url": "http://shop.test/pay?a=1",
    }
    event = event_of(notice() | {"context": context})

    assert event.contexts == {
        "runtime": {"name": "Ruby", "version": "3.3"},
        "os": {"name": "Linux/6"},
        "device": {"arch": "x64"},
        "app": {"root_directory": "/srv/shop"},
    }
    assert event.request is not None
    assert (event.request.query, event.request.headers) == ("a=1", {"Referer": "http://shop.test/cart"})
