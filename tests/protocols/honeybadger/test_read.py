"""Notices that only some clients send. What no good client sends: `tests.protocols.test_bad_notices`."""

import json
from functools import partial
from typing import Any

import pytest

from app.protocols import table
from tests.protocols import captures, notices
from tests.protocols.raised import handled

REPORT = notices.report("honeybadger.notice")
notice = notices.honeybadger
event_of = partial(notices.event_of, "honeybadger.notice")
PYTHON = {"name": "Honeybadger for Python"}


@pytest.mark.parametrize(
    ("path", "headers", "query", "project"),
    [
        ("/v1/notices/", {"x-api-key": "checkout_api"}, b"", "checkout_api"),
        ("/v1/notices/js", {"x-api-key": "checkout_api"}, b"", "checkout_api"),
        ("/v1/notices/js", {}, b"api_key=checkout_api", "checkout_api"),
        ("/checkout_api/v1/notices", {}, b"", "checkout_api"),
        ("/v1/notices", {}, b"", ""),
        ("/v1/events/", {"x-api-key": "checkout_api"}, b"", "checkout_api"),
    ],
)
def test_the_key_names_the_project(path: str, headers: dict[str, str], query: bytes, project: str) -> None:
    protocol, request = captures.arrival(path, b"{}", headers, query)
    assert protocol.name.startswith("honeybadger.")
    assert protocol.accept(request).project == project
    answer = protocol.answer(table.Accepted(project, notices.ID))
    assert (answer.status, json.loads(answer.body)) == (201, {"id": notices.ID})


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("/v1/check_in/chk123", ""),
        ("/v1/check_in/checkout_api/nightly", "checkout_api"),
        ("/checkout_api/v1/check_in/chk123", "checkout_api"),
    ],
)
def test_check_ins(path: str, project: str) -> None:
    found = table.find(path, "GET")
    assert found is not None
    protocol, match = found
    accepted = protocol.accept(table.HttpRequest(path, match.groups(), b"", [], b"", "::1"))
    assert accepted.project == project
    assert protocol.answer(accepted).status == 200
    assert protocol.read(REPORT, b"").others == {"check_in": 1}


@pytest.mark.parametrize(
    ("token", "event_id"),
    [
        ("00112233-4455-6677-8899-aabbccddeeff", "00112233445566778899aabbccddeeff"),
        ("short", notices.ID),
        (None, notices.ID),
    ],
)
def test_the_clients_own_id(token: str | None, event_id: str) -> None:
    event = event_of(notice(token=token))
    assert event.event_id == event_id
    assert event.extra.get("error.token") == (None if event_id != notices.ID else token)


def test_a_token_elsewhere_is_no_id() -> None:
    event = event_of(notice() | {"request": {"params": {"token": notices.ID[::-1]}}})
    assert event.event_id == notices.ID


@pytest.mark.parametrize(
    ("tags", "level", "words"),
    [
        (["warning", "vip"], "warning", {"warning": "true", "vip": "true"}),
        ("info", "info", {"info": "true"}),
        (["critical"], "fatal", {"critical": "true"}),
        (["log", "alert"], "error", {"log": "true", "alert": "true"}),
        (["", " a "], "error", {"a": "true"}),
        (None, "error", {}),
    ],
)
def test_tags_may_name_the_level(tags: Any, level: str, words: dict[str, str]) -> None:
    event = event_of(notice(tags=tags))
    assert (event.level, event.tags) == (level, words)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"request": {"component": "unhandledRejection"}}, False),
        ({"error": {"class": "window.onerror", "message": "x"}}, False),
        ({"error": {"class": "window.onunhandledrejection", "message": "x"}}, False),
        ({"error": {"class": "E", "message": "UnhandledPromiseRejectionWarning: E: x"}}, False),
        ({"breadcrumbs": {"trail": [{"category": "error", "message": "window.onerror: E"}]}}, False),
        ({"breadcrumbs": {"trail": [{"category": "custom", "message": "window.onerror: E"}]}}, None),
        ({"breadcrumbs": {"trail": [{"category": "error", "message": "window.onerror"}, {}, {}]}}, None),
    ],
)
def test_the_handled_flag(changed: dict[str, Any], expected: bool | None) -> None:
    assert handled(event_of(notice() | changed)) is expected


@pytest.mark.parametrize("component", ["unhandledRejection", None, ""])
def test_what_is_no_transaction(component: str | None) -> None:
    assert event_of(notice() | {"request": {"component": component}}).transaction is None


def test_a_message_without_a_class() -> None:
    event = event_of(notice(**{"class": "dict"}) | {"notifier": PYTHON})
    assert (event.message, event.exceptions, event.threads) == ("'card'", (), ())


def test_only_python_repeats_its_frames() -> None:
    frames = [{"file": "a", "method": "f", "number": 1}]
    error = notice(backtrace=frames, causes=[{"class": "E", "backtrace": frames, "token": "t"}])
    assert event_of(error).exceptions[0].frames
    python = event_of(error | {"notifier": PYTHON})
    assert python.exceptions[0].frames == ()
    assert python.extra["error.causes.0.token"] == "t"


def test_frames_of_ruby() -> None:
    frames = [
        {"number": "12", "file": "[PROJECT_ROOT]/app/pay.rb", "method": "pay", "context": "app"},
        {"number": "7", "file": "[GEM_ROOT]/gems/rack-3/lib/rack.rb", "method": "call", "context": "all"},
        {"number": "x", "file": "/usr/lib/ruby/x.rb", "context": "odd"},
    ]
    server = {"project_root": {"path": "/srv/shop"}}
    event = event_of(notice(backtrace=frames) | {"server": server, "notifier": {"name": "honeybadger-ruby"}})
    odd, gem, own = event.exceptions[0].frames
    assert event.platform == "ruby"
    assert (own.filename, own.abs_path, own.line) == ("app/pay.rb", "/srv/shop/app/pay.rb", 12)
    assert (gem.filename, gem.line, gem.in_app, own.in_app) == ("gems/rack-3/lib/rack.rb", 7, False, True)
    assert odd.line is None
    assert event.extra["error.backtrace.2.number"] == "x"
    assert event.extra["error.backtrace.2.context"] == "odd"


def test_local_variables_without_frames_go_into_extra() -> None:
    event = event_of(notice() | {"request": {"local_variables": {"a": 1}}})
    assert event.extra["request.local_variables"] == {"a": 1}


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Mon, 23 Nov 2026 12:05:18 GMT", "2026-11-23T12:05:18+00:00"),
        ("2026-11-23T12:05:18Z", "2026-11-23T12:05:18+00:00"),
        ("yesterday", "2026-11-23T13:00:00+00:00"),
    ],
)
def test_times(written: str, iso: str) -> None:
    assert event_of(notice() | {"server": {"time": written}}).timestamp.isoformat() == iso


def test_the_first_clients_send_the_lines_of_the_crash_beside_it() -> None:
    calls = [{"number": "17", "file": "shop.py", "method": "pay"}, {"number": "22", "file": "shop.py"}]
    lines = {"16": "    except KeyError:\n", "17": "        raise PaymentError()\n"}

    event = event_of(notice(backtrace=calls, source=lines))

    outer, crash = event.exceptions[0].frames
    assert crash.context == ((16, "    except KeyError:"), (17, "        raise PaymentError()"))
    assert (outer.context, event.extra) == ((), {})


@pytest.mark.parametrize("calls", [[], [{"number": 99, "file": "shop.py"}]])
def test_lines_of_no_frame_go_into_extra(calls: list[Any]) -> None:
    event = event_of(notice(backtrace=calls, source={"17": "raise"}))

    assert event.extra == {"error.source": {"17": "raise"}}


def test_the_backtrace_of_the_older_client_in_browsers_is_text() -> None:
    text = (
        "PaymentError: no card\n    at processOrder (http://shop.example/shop.js:1176:17)\n"
        "    at checkout (http://shop.example/shop.js:1180:16)"
    )

    event = event_of(notice(backtrace=text) | {"notifier": {"name": "honeybadger-js", "version": "2.3.0"}})

    crash = event.exceptions[0].frames[-1]
    assert (crash.function, crash.line, crash.column) == ("processOrder", 1176, 17)
    assert (event.culprit, event.problems) == ("http://shop.example/shop.js in processOrder", ())


def test_a_notice_may_stand_in_the_address() -> None:
    query = b"notice[error][class]=E&notice[error][message]=no%20card&notice[context][a]=1&api_key=shop&t=1"
    protocol, request = captures.arrival("/v1/notices/js.gif", b"", {}, query, "GET")
    report = captures.report_of(
        protocol.name, protocol.accept(request), b"GET /v1/notices/js.gif?" + query + b" HTTP/1.1"
    )

    (event,) = protocol.read(report, b"").events

    assert (event.title, event.project) == ("E: no card", "shop")


def test_a_visit_brings_no_notice() -> None:
    protocol, request = captures.arrival("/v1/notices/js.gif", b"", {}, b"api_key=shop", "GET")

    with pytest.raises(table.Malformed):
        protocol.accept(request)
