from typing import Any

import pytest

from app.model import Level
from tests.protocols.plain.documents import event_of


def test_a_request_as_an_object() -> None:
    event = event_of(
        {
            "message": "no card",
            "req": {
                "method": "POST",
                "url": "/cart",
                "headers": {"user-agent": "curl", "x": 1},
                "query": "a=1",
                "body": {"card": 4111},
                "cookies": {"theme": "dark"},
                "id": 7,
            },
        }
    )

    assert event.request is not None
    assert (event.request.method, event.request.url, event.request.query) == ("POST", "/cart", "a=1")
    assert event.request.headers == {"user-agent": "curl", "x": "1"}
    assert (event.request.body, event.request.cookies) == ({"card": 4111}, {"theme": "dark"})
    assert event.extra == {"request": {"id": 7}}


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        (["a", "b:1"], {"a": "true", "b": "1"}),
        ("a, b", {"a": "true", "b": "true"}),
        ([["a", 1], {"key": "b", "value": None}], {"a": "1", "b": "null"}),
        ({"a": None, "b": {"c": 1}}, {"b": '{"c": 1}'}),
    ],
)
def test_tags(written: Any, tags: dict[str, str]) -> None:
    assert event_of({"message": "x", "tags": written}).tags == tags


@pytest.mark.parametrize(
    ("written", "user"),
    [
        ("ada", {"username": "ada"}),
        ("ada@shop.example", {"email": "ada@shop.example"}),
        (5, {"username": "5"}),
        ({"name": "Ada"}, {"name": "Ada"}),
    ],
)
def test_users(written: Any, user: dict[str, Any]) -> None:
    assert event_of({"message": "x", "user": written}).user == user


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ({}, "error"),
        ({"level": "Critical"}, "fatal"),
        ({"severity": "WARNING"}, "warning"),
        ({"levelname": "INFO", "levelno": 20}, "info"),
        ({"level": 30}, "warning"),
        ({"level": 50, "pid": 1, "hostname": "vm"}, "error"),
        ({"level": 40, "time": 1, "msg": "x"}, "warning"),
        ({"level": 3}, "error"),
        ({"level": 6}, "info"),
        ({"log.level": "warn"}, "warning"),
        ({"log": {"level": "warn"}}, "warning"),
        ({"type": "warning"}, "warning"),
        ({"level": ""}, "error"),
    ],
)
def test_levels(value: dict[str, Any], level: str) -> None:
    assert event_of({"message": "x"} | value).level == level


def test_an_unknown_level_is_error_and_a_problem() -> None:
    event = event_of({"message": "x", "level": "terrible"})

    assert event.level is Level.ERROR
    assert event.problems


def test_a_place_without_a_stack() -> None:
    event = event_of({"message": "boom", "file": "/srv/shop/pay.php", "line": "12", "function": "charge"})

    assert event.culprit == "pay.php in charge"
    assert event.threads[0].frames[0].line == 12
    assert event.platform == "php"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ({"ts": 1795435200.5}, "2026-11-23T12:00:00.500000+00:00"),
        (
            {"instant": {"epochSecond": 1795435200, "nanoOfSecond": 250_000_000}},
            "2026-11-23T12:00:00.250000+00:00",
        ),
        ({"@timestamp": "2026-11-23T12:00:00Z"}, "2026-11-23T12:00:00+00:00"),
    ],
)
def test_times(written: dict[str, Any], iso: str) -> None:
    assert event_of({"message": "x", **written}).timestamp.isoformat() == iso


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ({"caller": "shop/pay.go:12"}, ("shop/pay.go", 12, None)),
        (
            {"source": {"file": "/srv/shop/pay.go", "line": 12, "function": "main.pay"}},
            ("pay.go", 12, "main.pay"),
        ),
        ({"filename": "pay.py", "lineno": 12, "funcName": "pay"}, ("pay.py", 12, "pay")),
    ],
)
def test_the_place_that_a_logger_names(written: dict[str, Any], place: tuple[Any, ...]) -> None:
    """zap and zerolog, slog, and Python's JSON formatters."""
    (thread,) = event_of({"message": "x", "level": "error", **written}).threads
    (frame,) = thread.frames

    assert (frame.filename, frame.line, frame.function) == place


def test_a_method_that_is_not_of_http_is_no_request() -> None:
    event = event_of({"message": "x", "method": "charge_card"})

    assert (event.request, event.extra) == (None, {"method": "charge_card"})
