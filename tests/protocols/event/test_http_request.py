"""Requests in the shapes of CGI and WSGI, and queries as text."""

from typing import Any

import pytest

from app.protocols.event import http_request
from app.protocols.event.http_request import Environ


@pytest.mark.parametrize(
    ("query", "url", "text"),
    [
        ("a=1", "/x?b=2", "a=1"),
        ("?a=1", None, "a=1"),
        ({"a": ["1", 2], "b c": True}, None, "a=1&a=2&b+c=true"),
        ({}, "/x?b=2#c?d", "b=2"),
        (None, "/x#c?d", None),
        ("", None, None),
    ],
)
def test_queries(query: Any, url: str | None, text: str | None) -> None:
    assert http_request.query_text(query, url) == text


def test_each_header_is_one_line() -> None:
    assert http_request.header_lines({"A": ["1", 2], "B": None, "C": True, "D": "x"}) == {
        "A": "1, 2",
        "C": "true",
        "D": "x",
    }


@pytest.mark.parametrize(
    ("values", "environ"),
    [
        ({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, Environ(method="GET", env={"PATH_INFO": "/"})),
        ({"REQUEST_METHOD": 7}, Environ(env={"REQUEST_METHOD": 7})),
        (
            {"HTTP_X_SHOP": "n", "CONTENT_TYPE": "a/b"},
            Environ(headers={"X-Shop": "n", "Content-Type": "a/b"}),
        ),
        ({"HTTP_COOKIE": {"a": "1"}}, Environ(cookies={"a": "1"})),
        ({"HTTP_COOKIE": "a=1"}, Environ(headers={"Cookie": "a=1"})),
        ({"Content-Length": "3", "Host": "shop"}, Environ(headers={"Content-Length": "3", "Host": "shop"})),
        ({"Path": "/bin", "wsgi.version": [1, 0]}, Environ(env={"Path": "/bin", "wsgi.version": [1, 0]})),
    ],
)
def test_environments(values: dict[str, Any], environ: Environ) -> None:
    assert http_request.from_environ(values) == environ


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"HTTP_HOST": "x"}, True), ({"REQUEST_METHOD": "GET"}, True), ({"Host": "x", "http": "y"}, False)],
)
def test_an_environment_is_distinguished_from_headers(values: dict[str, Any], expected: bool) -> None:
    assert http_request.is_environ(values) is expected
