from typing import Any

import pytest

from app.protocols.otlp import conventions
from tests.protocols.otlp.requests import (
    one,
    raised,
    span,
    traces,
)


@pytest.mark.parametrize(
    ("attributes", "url", "query"),
    [
        (
            {"url.scheme": "https", "server.address": "shop.test", "server.port": 8443, "url.path": "/pay"},
            "https://shop.test:8443/pay",
            None,
        ),
        ({"url.path": "/pay", "url.query": "a=1"}, "/pay?a=1", "a=1"),
        (
            {"http.scheme": "http", "http.host": "shop.test:80", "http.target": "/pay?a=1"},
            "http://shop.test:80/pay?a=1",
            "a=1",
        ),
        ({"http.url": "http://shop.test/pay?a=1#top"}, "http://shop.test/pay?a=1#top", "a=1"),
        ({"http.method": "GET"}, "/", None),
    ],
)
def test_the_address_of_a_request(attributes: dict[str, Any], url: str, query: str | None) -> None:
    event = one(traces(span(raised(), attributes=attributes)))

    assert event.request is not None
    assert (event.request.url, event.request.query) == (url, query)
    assert (event.tags, event.extra) == ({}, {})


def test_the_other_parts_of_a_request() -> None:
    attributes = {
        "http.request.method": "POST",
        "http.method": "POST",
        "http.request.header.x-shop": ["north", "east"],
        "http.user_agent": "UA/1",
        "client.address": "203.0.113.9",
        "http.status_code": 500,
        "http.route": "/pay",
    }

    event = one(traces(span(raised(), attributes=attributes)))

    assert event.request is not None
    assert event.request.method == "POST"
    assert event.request.headers == {"User-Agent": "UA/1", "x-shop": "north, east"}
    assert event.request.env == {"REMOTE_ADDR": "203.0.113.9"}
    assert event.contexts["response"] == {"status_code": 500}
    assert event.tags == {"http.route": "/pay"}


def test_the_address_of_a_database_is_no_request() -> None:
    event = one(traces(span(raised(), attributes={"server.address": "db", "db.system": "mysql"})))

    assert event.request is None
    assert event.tags == {"server.address": "db", "db.system": "mysql"}


def test_the_user() -> None:
    attributes = {"enduser.id": 7, "user.name": "ada", "user.email": "ada@shop.test", "user.roles": ["admin"]}

    event = one(traces(span(raised(), attributes=attributes)))

    assert event.user == {"id": "7", "username": "ada", "email": "ada@shop.test", "roles": ["admin"]}


def test_short_texts_and_booleans_are_tags_and_the_rest_is_extra() -> None:
    attributes = {
        "customer": "ada",
        "beta": True,
        "items": 2,
        "ratio": 0.5,
        "long": "x" * 201,
        "lines": "a\nb",
        "list": ["a"],
        "empty": "",
    }

    event = one(traces(span(raised(), attributes=attributes)))

    assert event.tags == {"customer": "ada", "beta": "true"}
    assert event.extra == {
        "items": 2,
        "ratio": 0.5,
        "long": "x" * 201,
        "lines": "a\nb",
        "list": ["a"],
        "empty": "",
    }


def test_an_old_attribute_with_another_value_stays() -> None:
    same = {"http.request.method": "POST", "http.method": "POST", "other": 1}
    other = {"http.request.method": "POST", "http.method": "_OTHER"}
    names = ("http.request.method", "http.method")

    assert [conventions.take(given, *names) for given in (same, other, {})] == ["POST", "POST", None]
    assert (same, other) == ({"other": 1}, {"http.method": "_OTHER"})


@pytest.mark.parametrize(
    ("language", "platform"),
    [
        ("nodejs", "node"),
        ("webjs", "javascript"),
        ("dotnet", "csharp"),
        ("go", "go"),
        ("", None),
        (None, None),
    ],
)
def test_the_language_of_an_sdk_is_a_platform(language: str, platform: str | None) -> None:
    assert conventions.platform(language) == platform


@pytest.mark.parametrize(
    "given",
    [
        {"code.file.path": "/srv/shop/pay.py", "code.function.name": "pay", "code.line.number": 9},
        {"code.filepath": "/srv/shop/pay.py", "code.function": "pay", "code.lineno": "9"},
    ],
)
def test_the_place_in_the_code_under_current_and_earlier_names(given: dict[str, Any]) -> None:
    place = conventions.frame(given, "python")

    assert place is not None
    assert (place.abs_path, place.function, place.line, place.in_app) == ("/srv/shop/pay.py", "pay", 9, True)
    assert given == {}
    assert conventions.frame({"code.lineno": 9}, "python") is None
