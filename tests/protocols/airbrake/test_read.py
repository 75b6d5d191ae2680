"""Notices that only some clients send. What no good client sends: `tests.protocols.test_bad_notices`."""

import json
from functools import partial
from typing import Any

import pytest

from app.model import Level
from app.protocols import table
from tests.protocols import captures, notices

REPORT = notices.report("airbrake.notice")
notice = notices.airbrake
event_of = partial(notices.event_of, "airbrake.notice")


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/api/v3/projects/1/notices", {}, b"key=checkout_api", "checkout_api"),
        ("/api/v3/projects/1/notices", {"authorization": "Bearer checkout_api"}, b"", "checkout_api"),
        ("/api/v3/projects/1/notices/", {"x-airbrake-token": "checkout_api"}, b"", "checkout_api"),
        ("/shop/api/v3/projects/1/notices", {}, b"", "shop"),
        ("/api/v3/projects/7/notices", {}, b"", "project-7"),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", headers, query)
    assert protocol.name == "airbrake.notice"
    assert protocol.accept(request).project == project


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/api/v3/projects/1/notices", 201, {"id": notices.ID, "url": ""}),
        ("/api/v4/projects/1/deploys", 201, {"id": notices.ID, "url": ""}),
        ("/api/v5/projects/1/routes-stats", 200, {}),
        ("/api/v5/projects/1/routes-breakdowns", 200, {}),
        ("/api/v5/projects/1/queries-stats", 200, {}),
        ("/api/v5/projects/1/queues-stats", 200, {}),
    ],
)
def test_clients_get_the_answers_they_expect(path: str, status: int, body: object) -> None:
    protocol, _request = captures.arrival(path, b"{}")
    answer = protocol.answer(table.Accepted("shop", notices.ID))
    assert (answer.status, answer.content_type) == (status, b"application/json")
    assert json.loads(answer.body) == body


def test_a_deploy_is_counted() -> None:
    protocol, _request = captures.arrival("/api/v4/projects/1/deploys", b"{}")
    assert protocol.read(REPORT, b"{}").others == {"deploy": 1}


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        ("critical", "fatal"),
        ("CRITICAL", "fatal"),
        ("alert", "fatal"),
        ("emergency", "fatal"),
        ("error", "error"),
        ("WARNING", "warning"),
        ("notice", "info"),
        ("debug", "debug"),
    ],
)
def test_severities(severity: str, level: str) -> None:
    assert event_of(notice() | {"context": {"severity": severity}}).level == level


@pytest.mark.parametrize("severity", ["info", "debug", "notice"])
def test_an_uncaught_error_has_the_level_error(severity: str) -> None:
    context = {"severity": severity, "unhandledRejection": True}
    assert event_of(notice() | {"context": context}).level is Level.ERROR


@pytest.mark.parametrize(
    ("message", "module", "value"),
    [
        ("shop.pay.KeyError: 'card'", "shop.pay", "'card'"),
        ("KeyError: two\nlines", None, "two\nlines"),
        ("shop.KeyError", "shop", ""),
        ("no type at all", None, "no type at all"),
    ],
)
def test_messages_of_the_older_client_of_python(message: str, module: str | None, value: str) -> None:
    context = {"notifier": {"name": "airbrake-python"}}
    (raised,) = event_of(notice(message=message) | {"context": context}).exceptions
    assert (raised.module, raised.value) == (module, value)


@pytest.mark.parametrize(
    ("pattern", "message", "file", "kind", "said"),
    [
        ("paid %s of %d%%", "paid 3 of 4%", "/PROJECT_ROOT/pay.py", "shop", True),
        ("paid", "paid", "pay.py", "shop", True),
        ("paid", "unpaid", "pay.py", "shop", False),
        ("paid %s", "not paid", "pay.py", "shop", False),
        ("paid %s for %s", "paid 3", "pay.py", "shop", False),
        ("paid", "paid", "other.py", "shop", False),
        ("paid", "paid", "pay.py", "ValueError", False),
    ],
)
def test_a_loggers_record_is_distinguished_from_an_exception(
    pattern: str, message: str, file: str, kind: str, said: bool
) -> None:
    error = notice(type=kind, message=message, backtrace=[{"file": file, "line": 3, "function": "f"}])
    event = event_of(error | {"context": {"messagePattern": pattern, "component": "pay"}})
    assert event.exceptions == () if said else event.exceptions[0].type == kind
    assert event.message == (message if said else pattern)
    assert event.logger == (kind if said else None)


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


def test_an_older_client_names_itself_beside_the_context() -> None:
    event = event_of(notice() | {"notifier": {"name": "old", "version": "1", "url": "u"}})
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version, event.extra) == ("old", "1", {"notifier.url": "u"})
    both = notice() | {"notifier": {"name": "old"}, "context": {"notifier": {"name": "new"}}}
    assert event_of(both).extra == {"notifier": {"name": "old"}}


def test_numbers_that_come_as_text_are_read() -> None:
    event = event_of(notice(backtrace=[{"file": "a.py", "line": "12"}]))
    assert event.exceptions[0].frames[0].line == 12
    assert event.problems


def test_the_older_client_for_node_names_the_error_in_the_environment() -> None:
    context = {"notifier": {"name": "node-airbrake", "version": "2.1.3"}}
    named = notice(type="Error") | {"context": context, "environment": {"err.name": "PaymentError"}}

    assert event_of(named).exceptions[0].type == "PaymentError"
    other = named | notice(type="TypeError")
    assert event_of(other).exceptions[0].type == "TypeError"


@pytest.mark.parametrize(
    ("context", "platform"),
    [
        ({"platform": "linux", "os": "Linux/6"}, "node"),
        ({"platform": "Linux x86_64", "userAgent": "Mozilla/5.0"}, "javascript"),
        ({}, "javascript"),
    ],
)
def test_one_client_for_browsers_and_for_node(context: dict[str, str], platform: str) -> None:
    own = {"notifier": {"name": "airbrake-js", "version": "1.6.8"}, "language": "JavaScript", **context}

    assert event_of(notice() | {"context": own}).platform == platform
