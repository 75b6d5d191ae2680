from functools import partial
from typing import Any

import pytest

from tests.protocols import notices

entry = notices.raygun
event_of = partial(notices.event_of, "raygun.entry")


@pytest.mark.parametrize(
    ("sent", "url"),
    [
        ({"url": "/pay", "hostName": "https://shop"}, "https://shop/pay"),
        ({"url": "/pay", "hostName": "shop", "headers": {"Host": "other"}}, "http://shop/pay"),
        ({"url": "/pay", "hostName": "shop", "headers": {"HTTP_HOST": "shop:1974"}}, "http://shop:1974/pay"),
        ({"url": "/pay"}, "/pay"),
        ({"url": "http://shop/pay?a=1", "hostName": "shop"}, "http://shop/pay?a=1"),
        ({"hostName": "shop"}, "shop"),
    ],
)
def test_addresses(sent: dict[str, Any], url: str) -> None:
    served = event_of(entry(request=sent)).request
    assert served is not None
    assert served.url == url
    assert served.query == ("a=1" if "?" in url else None)


def test_only_the_client_of_node_makes_objects_of_lists() -> None:
    request = {"form": {"0": "a", "1": {"x": {"0": 1}}, "2": {"1": 1}}, "rawData": "raw"}
    node = event_of(entry(request=request, client={"name": "raygun-node"}))
    other = event_of(entry(request=request))
    assert node.request is not None
    assert other.request is not None
    assert node.request.body == ["a", {"x": [1]}, {"1": 1}]
    assert other.request.body == request["form"]
    assert node.extra["details.request.rawData"] == "raw"


@pytest.mark.parametrize(("user", "expected"), [("ada", {"id": "ada"}), ("", {}), ({"email": None}, {})])
def test_users(user: Any, expected: dict[str, Any]) -> None:
    assert event_of(entry(user=user)).user == expected


def test_the_environ_of_django_is_headers_and_env() -> None:
    headers = {"REQUEST_METHOD": "POST", "HTTP_HOST": "shop.test", "SERVER_PORT": "80"}
    request = event_of(entry(request={"headers": headers, "url": "/pay", "hostName": "shop.test"})).request

    assert request is not None
    assert (request.method, request.url) == ("POST", "http://shop.test/pay")
    assert (request.headers, request.env) == ({"Host": "shop.test"}, {"SERVER_PORT": "80"})


def test_breadcrumbs() -> None:
    crumbs = [
        {
            "timestamp": 1795435200000,
            "level": "info",
            "type": "click-event",
            "category": "ui",
            "message": "clicked pay",
            "className": "cart.js",
            "lineNumber": 3,
            "CustomData": {"n": 1},
        },
        {"timestamp": "yesterday", "message": "x", "customData": [2]},
    ]
    event = event_of(entry(breadcrumbs=crumbs))

    first, second = event.breadcrumbs
    assert str(first.timestamp) == "2026-11-23 12:00:00+00:00"
    assert (first.type, first.category, first.level) == ("click-event", "ui", "info")
    assert first.data == {"file": "cart.js", "line": 3, "n": 1}
    assert (second.timestamp, second.data) == (None, {"customData": [2]})
    assert event.extra == {"details.breadcrumbs.1.timestamp": "yesterday"}
