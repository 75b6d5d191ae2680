"""What Chromium reports, and the kinds of reports that no browser could be made to send here."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Frame, Level, from_micros
from app.protocols.delivery import Delivery
from tests.protocols import captures, hostile
from tests.protocols.browser.reports import event_of, read

RECEIVED = from_micros(captures.RECORDED)


@pytest.mark.parametrize(
    ("case", "title", "level", "line", "column"),
    [
        ("csp_report_uri", "CSP: img-src blocked 127.0.0.1:9", "error", 1, 156),
        ("csp_report_uri.2", "CSP: script-src-elem blocked inline", "error", 1, 56),
        ("csp_report_uri.3", "CSP: script-src-elem blocked inline", "error", 1, 138),
        ("csp_report_only", "CSP: script-src-elem blocked inline", "warning", 1, 56),
        ("csp_report_only.4", "CSP: script-src blocked eval", "warning", 1, 138),
    ],
)
def test_csp_violations_of_chromium(case: str, title: str, level: str, line: int, column: int) -> None:
    capture = captures.load(f"browser-native/{case}")
    (event,) = hostile.check(capture.read())

    assert capture.protocol.answer(capture.accept()).status == 204
    assert event.project == ("shop" if "report_uri" in case else "browser")
    assert (event.title, event.message, event.level) == (title, title, level)
    assert (event.logger, event.platform) == ("csp-violation", "javascript")
    assert event.timestamp == RECEIVED
    (frame,) = event.threads[0].frames
    assert frame.filename is not None
    assert frame.filename.startswith("http://127.0.0.1:")
    assert (frame.line, frame.column) == (line, column)
    assert event.request is not None
    assert event.request.url == frame.filename
    assert "HeadlessChrome" in event.request.headers["User-Agent"]
    assert event.tags == {
        "report": "csp-violation",
        "disposition": "enforce" if level == "error" else "report",
    }
    assert event.extra["original-policy"].startswith("default-src 'self'")
    assert event.extra["status-code"] == 200
    assert event.problems == ()


def test_the_sample_of_a_script_is_the_source_of_the_frame() -> None:
    (event,) = captures.load("browser-native/csp_report_only").read().events

    assert event.threads[0].frames[0].context == ((1, "console.log('blocked inline')"),)


def test_the_reporting_api_of_chromium() -> None:
    capture = captures.load("browser-reports/csp_report_to_https_tls.2")
    first, second = hostile.check(capture.read())

    assert (first.title, second.title) == (
        "CSP: script-src-elem blocked inline",
        "CSP: img-src blocked 127.0.0.1:9",
    )
    assert first.event_id != second.event_id
    assert first.level is Level.ERROR
    assert first.timestamp == RECEIVED - timedelta(milliseconds=93)
    assert first.request is not None
    assert first.request.url == "https://127.0.0.1:43693/"
    assert second.extra["blocked"] == "http://127.0.0.1:9/x.png"
    assert second.extra["statusCode"] == 200


def test_deprecations_and_permissions_of_chromium() -> None:
    unload, synchronous = captures.load("browser-reports/deprecation_https_tls.2").read().events
    (geolocation,) = captures.load("browser-reports/deprecation_https_tls").read().events

    assert unload.title == "Deprecation: Unload event listeners are deprecated and will be removed."
    assert (unload.level, unload.extra) == ("warning", {"id": "UnloadHandler"})
    assert unload.threads[0].frames == (Frame(filename="https://127.0.0.1:42197/", line=1, column=162),)
    assert synchronous.extra["id"].startswith("XMLHttpRequestSynchronous")
    assert geolocation.title.startswith("Permissions policy violation: Geolocation access")
    assert (geolocation.level, geolocation.extra) == ("error", {"policyId": "geolocation"})


def test_requests_that_worked_are_counted() -> None:
    delivery = read([{"type": "network-error", "age": 1, "body": {"type": "ok"}}])

    assert delivery == Delivery(others={"network-error": 1})


def test_one_report_alone() -> None:
    (event,) = read({"type": "intervention", "age": 1, "body": {"message": "too slow"}}).events
    assert event.title == "Intervention: too slow"


def test_other_reports_of_the_same_shape() -> None:
    (event,) = read({"expect-ct-report": {"hostname": "shop.example", "port": 443}}).events

    assert event.title == "Expect-CT: shop.example served a certificate that no log knows"
    assert event.extra == {"hostname": "shop.example", "port": 443}


def test_sentrys_address_for_it() -> None:
    path, query = "/api/1/security/", b"sentry_key=shop&sentry_release=1.2&sentry_environment=dev"
    protocol, arrival = captures.arrival(path, b'{"csp-report": {}}', query=query)
    assert protocol.accept(arrival).project == "shop"
    head = b"POST /api/1/security/?%b HTTP/1.1" % query
    (event,) = read(b'{"csp-report": {}}', head).events

    assert (event.release, event.environment) == ("1.2", "dev")


def test_what_the_pages_own_script_sends_is_read_as_it_is() -> None:
    (event,) = read({"message": "hand rolled", "level": "warning"}).events
    assert (event.title, event.level, event.protocol) == ("hand rolled", "warning", "browser.report")
    (event,) = read(b"TypeError: x is null\n    at pay (https://shop.example/a.js:1:2)").events
    assert event.title == "TypeError: x is null"


@pytest.mark.parametrize(
    ("name", "value"),
    [("line-number", "one"), ("line-number", []), ("blocked-uri", []), ("source-file", {"a": 1})],
)
def test_wrong_types_go_into_extra_with_a_problem(name: str, value: Any) -> None:
    (event,) = hostile.check(read({"csp-report": {"source-file": "x", name: value}}))

    assert event.extra[name] == value
    assert name in event.problems[0]


@pytest.mark.parametrize("age", ["7", -1, 1e20, True])
def test_an_invalid_age_goes_into_extra_with_a_problem(age: Any) -> None:
    event = event_of("intervention", {}, age=age)

    assert event.timestamp == RECEIVED
    assert event.extra["age"] == age
    assert event.problems


@pytest.mark.parametrize("body", [5, "text", []])
def test_an_invalid_body_goes_into_extra_with_a_problem(body: Any) -> None:
    event = event_of("intervention", body)

    assert event.extra["body"] == body
    assert event.problems


@pytest.mark.parametrize("body", hostile.UNREADABLE)
def test_what_is_no_report_is_shown(body: bytes) -> None:
    assert hostile.check(read(body))


LEGACY = {
    "csp-report": {
        "document-uri": "https://shop.example/",
        "effective-directive": "img-src",
        "blocked-uri": "https://cdn.example/x",
        "source-file": "https://shop.example/a.js",
        "line-number": 1,
        "script-sample": "x",
    }
}
REPORTS = [
    {"type": "csp-violation", "age": 1, "url": "https://x/", "body": {"blockedURL": "inline", "sample": "x"}},
    {"type": "crash", "age": 1, "body": {"reason": "oom", "stack": "at x (a.js:1:2)"}},
    {"type": "coep", "age": 1, "body": {"blockedURL": "https://[x", "destination": "y"}},
]


@given(hostile.broken(LEGACY) | hostile.broken(REPORTS))
def test_anything_anywhere_is_read(payload: Any) -> None:
    hostile.check(read(json.dumps(payload).encode()))


@given(st.binary(max_size=200), st.binary(max_size=80))
def test_any_bytes_are_read(body: bytes, head: bytes) -> None:
    hostile.check(read(body, head))
