"""One object with any names: what people make up, and a line of each logger's JSON."""

import json
from typing import Any

import pytest
from hypothesis import given

from app.model import Level, from_micros
from app.protocols import table
from app.protocols.plain import read as plain
from tests.protocols import captures, hostile
from tests.protocols.plain.documents import GO, ID, JAVA, JS, PY, event_of


def test_everything_has_its_place() -> None:
    event = event_of(
        {
            "id": "not an id of an event",
            "event_id": "A" * 32,
            "message": "no card",
            "severity": "warn",
            "time": "2026-11-23T12:00:00+01:00",
            "environment": "dev",
            "version": "1.2",
            "hostname": "vm",
            "logger": "shop.pay",
            "transaction": "/cart",
            "url": "http://shop.example/cart",
            "method": "POST",
            "userAgent": "Mozilla/5.0",
            "user": {"id": 5, "email": "ada@shop.example"},
            "ip": "10.0.0.1",
            "tags": {"disk": "/var", "n": 1},
            "fingerprint": ["a", 1],
            "platform": "python",
            "order": 42,
        }
    )

    assert (event.event_id, event.level, event.logger) == ("a" * 32, "warning", "shop.pay")
    assert event.timestamp.isoformat() == "2026-11-23T11:00:00+00:00"
    assert (event.environment, event.release, event.server_name) == ("dev", "1.2", "vm")
    assert (event.transaction, event.platform, event.fingerprint) == ("/cart", "python", ("a", "1"))
    assert event.request is not None
    assert (event.request.url, event.request.method) == ("http://shop.example/cart", "POST")
    assert event.request.headers == {"User-Agent": "Mozilla/5.0"}
    assert event.user == {"id": 5, "email": "ada@shop.example", "ip_address": "10.0.0.1"}
    assert event.tags == {"disk": "/var", "n": "1"}
    assert event.extra == {"id": "not an id of an event", "order": 42}


@pytest.mark.parametrize(("name", "handled"), [("handled", False), ("unhandled", True), ("uncaught", True)])
def test_an_uncaught_error_is_not_a_debug_message(name: str, handled: bool) -> None:
    event = event_of({"type": "E", "message": "x", name: handled, "level": "debug"})

    assert event.exceptions[0].mechanism == {"type": "generic", "handled": False}
    assert event.level is Level.ERROR


def test_an_app_names_the_project_where_no_path_does() -> None:
    assert event_of({"message": "x", "service": "checkout"}, project="").project == "checkout"
    assert event_of({"message": "x"}, project="").project == "plain"
    event = event_of({"message": "x", "service": {"name": "checkout", "version": "1"}})
    assert (event.project, event.tags) == ("shop", {"app": "checkout"})


def test_an_object_that_says_nothing_is_shown_whole() -> None:
    event = event_of({"disk": "/var", "used": 0.99})

    assert event.title == '{"disk": "/var", "used": 0.99}'
    assert event.extra == {"disk": "/var", "used": 0.99}


LOGGERS: dict[str, tuple[dict[str, Any], str, str | None, str | None, list[str | None]]] = {
    "winston": (
        {"level": "error", "message": "no card", "stack": JS, "timestamp": "2026-11-23T12:00:00Z"},
        "PaymentError: no card",
        None,
        None,
        ["main", "pay"],
    ),
    "pino": (
        {
            "level": 50,
            "time": 1795435200000,
            "pid": 1,
            "hostname": "vm",
            "msg": "charge failed",
            "err": {"type": "PaymentError", "message": "no card", "stack": JS},
        },
        "PaymentError: no card",
        "charge failed",
        None,
        ["main", "pay"],
    ),
    "bunyan": (
        {
            "name": "shop",
            "hostname": "vm",
            "pid": 1,
            "level": 50,
            "err": {"message": "no card", "name": "PaymentError", "stack": JS},
            "msg": "no card",
            "time": "2026-11-23T12:00:00.000Z",
            "v": 0,
        },
        "PaymentError: no card",
        None,
        None,
        ["main", "pay"],
    ),
    "zap": (
        {
            "level": "error",
            "ts": 1795435200.0,
            "caller": "shop/pay.go:12",
            "msg": "charge failed",
            "error": "no card",
            "stacktrace": GO,
        },
        "no card",
        "charge failed",
        None,
        ["main", "charge"],
    ),
    "zerolog": (
        {
            "level": "error",
            "error": "no card",
            "message": "charge failed",
            "time": 1795435200,
            "stack": [
                {"func": "charge", "line": "12", "source": "pay.go"},
                {"func": "main", "line": "5", "source": "main.go"},
            ],
        },
        "no card",
        "charge failed",
        None,
        ["main", "charge"],
    ),
    "slog": (
        {
            "time": "2026-11-23T12:00:00Z",
            "level": "ERROR",
            "source": {"function": "main.charge", "file": "/srv/shop/pay.go", "line": 12},
            "msg": "charge failed",
        },
        "charge failed",
        "charge failed",
        None,
        ["main.charge"],
    ),
    "logrus": (
        {
            "level": "error",
            "msg": "charge failed",
            "time": "2026-11-23T12:00:00Z",
            "error": "no card",
            "func": "main.charge",
            "file": "/srv/shop/pay.go:12",
        },
        "charge failed",
        "charge failed",
        None,
        ["main.charge"],
    ),
    "structlog": (
        {
            "event": "charge failed",
            "level": "error",
            "logger": "shop.pay",
            "timestamp": "2026-11-23T12:00:00Z",
            "exception": PY,
        },
        "KeyError: 'x'",
        "charge failed",
        "shop.pay",
        ["pay"],
    ),
    "structlog, as objects": (
        {
            "event": "charge failed",
            "level": "error",
            "timestamp": "2026-11-23T12:00:00Z",
            "exception": [
                {
                    "exc_type": "KeyError",
                    "exc_value": "'x'",
                    "frames": [
                        {"filename": "/srv/shop/main.py", "lineno": 1, "name": "main", "locals": {"n": "1"}},
                        {"filename": "/srv/shop/pay.py", "lineno": 3, "name": "pay"},
                    ],
                }
            ],
        },
        "KeyError: 'x'",
        "charge failed",
        None,
        ["main", "pay"],
    ),
    "Python's JSON": (
        {
            "asctime": "2026-11-23 12:00:00,000",
            "levelname": "ERROR",
            "name": "shop.pay",
            "message": "charge failed",
            "exc_info": PY,
            "pathname": "/srv/shop/pay.py",
            "lineno": 3,
            "funcName": "pay",
        },
        "KeyError: 'x'",
        "charge failed",
        "shop.pay",
        ["pay"],
    ),
    "log4j": (
        {
            "instant": {"epochSecond": 1795435200, "nanoOfSecond": 0},
            "thread": "main",
            "level": "ERROR",
            "loggerName": "shop.pay",
            "message": "charge failed",
            "thrown": {
                "name": "com.shop.PaymentException",
                "message": "no card",
                "extendedStackTrace": [
                    {"class": "com.shop.Pay", "method": "charge", "file": "Pay.java", "line": 12},
                    {"class": "com.shop.Main", "method": "main", "file": "Main.java", "line": 3},
                ],
            },
        },
        "com.shop.PaymentException: no card",
        "charge failed",
        "shop.pay",
        ["main", "charge"],
    ),
    "logback": (
        {
            "@timestamp": "2026-11-23T12:00:00Z",
            "message": "charge failed",
            "logger_name": "shop.pay",
            "level": "ERROR",
            "level_value": 40000,
            "stack_trace": JAVA,
        },
        "PaymentException: no card",
        "charge failed",
        "shop.pay",
        ["charge"],
    ),
    "Elastic's common schema": (
        {
            "@timestamp": "2026-11-23T12:00:00Z",
            "log.level": "ERROR",
            "message": "charge failed",
            "log.logger": "shop.pay",
            "error.type": "com.shop.PaymentException",
            "error.message": "no card",
            "error.stack_trace": JAVA,
        },
        "PaymentException: no card",
        "charge failed",
        "shop.pay",
        ["charge"],
    ),
    "Monolog": (
        {
            "message": "charge failed",
            "context": {
                "exception": {
                    "class": "PaymentException",
                    "message": "no card",
                    "code": 0,
                    "file": "/srv/shop/pay.php:12",
                    "trace": ["/srv/shop/main.php:3"],
                }
            },
            "level": 400,
            "level_name": "ERROR",
            "channel": "shop.pay",
            "datetime": "2026-11-23T12:00:00+00:00",
            "extra": {},
        },
        "PaymentException: no card",
        "charge failed",
        "shop.pay",
        [None, None],
    ),
    "Serilog": (
        {
            "@t": "2026-11-23T12:00:00Z",
            "@mt": "Charging {Order} failed",
            "@m": "Charging 42 failed",
            "@l": "Error",
            "@x": "Shop.PaymentException: no card\n   at Shop.Pay.Charge() in /srv/shop/Pay.cs:line 12",
            "Order": 42,
        },
        "PaymentException: no card",
        "Charging 42 failed",
        None,
        ["Charge"],
    ),
    "tracing of Rust": (
        {
            "timestamp": "2026-11-23T12:00:00Z",
            "level": "ERROR",
            "fields": {"message": "charge failed", "error": "no card"},
            "target": "shop::pay",
        },
        "charge failed",
        "charge failed",
        "shop::pay",
        [],
    ),
}


@pytest.mark.parametrize("logger", LOGGERS)
def test_loggers(logger: str) -> None:
    value, title, message, name, functions = LOGGERS[logger]
    event = event_of(value)
    frames = event.exceptions[-1].frames if event.exceptions else ()
    if not frames and event.threads:
        frames = event.threads[0].frames

    assert (event.title, event.message, event.logger, event.level) == (title, message, name, "error")
    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert [frame.function for frame in frames] == functions
    assert event.problems == ()


@pytest.mark.parametrize("properties", [{"Order": 42}, {"Properties": {"Order": 42}}])
def test_a_template_without_its_text_is_filled(properties: dict[str, Any]) -> None:
    event = event_of({"@mt": "Charging {Order:000} failed", "@l": "Error", **properties})

    assert event.message == "Charging 42 failed"


def test_a_template_groups() -> None:
    event = event_of(LOGGERS["Serilog"][0])

    assert event.extra == {"Order": 42, "logentry": {"message": "Charging {Order} failed", "params": None}}


@pytest.mark.parametrize(
    "name", ["message", "level", "time", "stack", "error", "user", "tags", "url", "file", "id"]
)
@pytest.mark.parametrize("value", hostile.ODD_VALUES)
def test_an_event_is_read_despite_invalid_values(name: str, value: Any) -> None:
    event = event_of({"msg": "boom", name: value})

    assert event.timestamp <= from_micros(captures.RECORDED)


@given(
    hostile.broken(LOGGERS["pino"][0])
    | hostile.broken(LOGGERS["structlog, as objects"][0])
    | hostile.broken(LOGGERS["log4j"][0])
)
def test_anything_anywhere_is_read(value: Any) -> None:
    body = json.dumps(value).encode()
    hostile.check(plain.read(captures.report_of("plain", table.Accepted("shop", ID)), body))


def test_a_browsers_platform_is_no_language() -> None:
    assert event_of({"message": "x", "platform": "Python"}).platform == "python"
    event = event_of({"message": "x", "platform": "Win32"})
    assert (event.platform, event.extra) == (None, {"platform": "Win32"})
