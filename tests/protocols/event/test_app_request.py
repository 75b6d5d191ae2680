from typing import Any

import pytest

from app.model import Request
from app.protocols.event import app_request


def test_nothing_known_is_no_request() -> None:
    assert app_request.build(url="", headers={}, body={}, query={}) is None


def test_a_request_has_the_query_of_its_address() -> None:
    request = app_request.build(method="GET", url="http://shop.test/pay?a=1&b=2#top")

    assert request == Request(method="GET", url="http://shop.test/pay?a=1&b=2#top", query="a=1&b=2")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?x=1", "x=1"),
        ({"a": "1"}, "a=1&a=2"),
        ({"a": ["1", "2"]}, "a=1&a=2"),
        ({"a": 1, "c": "more"}, "a=1&c=more"),
        ({}, "a=1&a=2"),
        (None, "a=1&a=2"),
    ],
)
def test_parameters_count_where_they_say_more_than_the_address(query: Any, expected: str) -> None:
    request = app_request.build(url="/pay?a=1&a=2", query=query)

    assert request is not None
    assert request.query == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, {"User-Agent": "curl"}),
        ({"user-agent": "theirs"}, {"user-agent": "theirs"}),
        ({"Accept": ["a", "b"], "None": None}, {"Accept": "a, b", "User-Agent": "curl"}),
    ],
)
def test_a_user_agent_apart_from_the_headers(headers: dict[str, Any], expected: dict[str, str]) -> None:
    request = app_request.build(headers=headers, user_agent="curl")

    assert request is not None
    assert request.headers == expected


@pytest.mark.parametrize(
    ("parameters", "query", "repeated"),
    [
        ({"a": "1"}, "a=1&b=2", True),
        ({"a": ["1", "2"], "b": ""}, "a=1&a=2&b=", True),
        ({"a": 1}, "a=1", True),
        ({"a": "2"}, "a=1", False),
        ({"c": "1"}, "a=1", False),
        ({"a": {"deep": 1}}, "a=1", False),
        ({}, None, True),
    ],
)
def test_repeats(parameters: dict[str, Any], query: str | None, repeated: bool) -> None:
    assert app_request.repeats(parameters, query) is repeated


def test_parts_are_taken_by_name_and_kind() -> None:
    parts: dict[str, Any] = {"body": 5, "data": {"a": 1}, "POST": {"b": 2}}

    assert app_request.take(parts, "body", "data", "POST", kinds=(dict,)) == {"a": 1}
    assert parts == {"body": 5, "POST": {"b": 2}}
    assert app_request.take(parts, "body") is None


def test_what_says_nothing_is_left_out() -> None:
    parts: dict[str, Any] = {"a": None, "b": "", "c": {}, "d": [], "e": 0, "f": False}

    assert app_request.without_empty(parts) == {"e": 0, "f": False}
