from typing import Any

import pytest

from app.model import Level
from app.protocols.browser.description import describe
from app.protocols.plain.field_names import Fields
from app.protocols.wire.notes import Notes
from tests.protocols import hostile
from tests.protocols.browser.reports import event_of, read


@pytest.mark.parametrize(
    ("kind", "body", "title", "level"),
    [
        ("intervention", {"id": "X", "message": "too slow"}, "Intervention: too slow", "warning"),
        ("deprecation", {"id": "X"}, "Deprecation: X", "warning"),
        ("crash", {"reason": "oom"}, "Crash: out of memory", "fatal"),
        ("crash", None, "Crash", "fatal"),
        (
            "coep",
            {"type": "corp", "blockedURL": "https://cdn.example/x.js", "destination": "script"},
            "COEP: script blocked cdn.example",
            "error",
        ),
        (
            "coop",
            {"type": "access-to-opener", "property": "postMessage", "disposition": "reporting"},
            "COOP: postMessage blocked",
            "warning",
        ),
        (
            "permissions-policy-violation",
            {"featureId": "camera", "disposition": "report"},
            "Permissions policy: camera was blocked",
            "warning",
        ),
        (
            "document-policy-violation",
            {"policyId": "unsized-media"},
            "Document policy: unsized-media was blocked",
            "error",
        ),
        (
            "network-error",
            {
                "type": "dns.name_not_resolved",
                "url": "https://api.example/x",
                "phase": "dns",
                "status_code": 0,
            },
            "Network error: dns.name_not_resolved at api.example",
            "error",
        ),
        ("something-new", {"message": "oh"}, "something-new: oh", "error"),
        ("something-new", {}, "something-new", "error"),
        ("csp-violation", {}, "CSP: a directive blocked something", "error"),
    ],
)
def test_the_words_and_the_level_of_each_kind(kind: str, body: Any, title: str, level: str) -> None:
    event = event_of(kind, body)

    assert (event.title, event.level) == (title, level)
    assert event.request is not None
    assert event.request.url == "https://shop.example/cart"


def test_a_crash_with_its_stack() -> None:
    event = event_of(
        "crash", {"reason": "unresponsive", "stack": "    at busy (https://shop.example/a.js:3:9)"}
    )

    assert event.title == "Crash: the page did not respond"
    assert event.exceptions[0].mechanism == {"type": "crash", "handled": False}
    assert [frame.function for frame in event.exceptions[0].frames] == ["busy"]


def test_older_browsers_name_the_directive_with_its_values() -> None:
    (event,) = read(
        {"csp-report": {"violated-directive": "img-src 'self'", "blocked-uri": "data:text"}}
    ).events

    assert event.title == "CSP: img-src blocked data"
    assert event.extra["violated-directive"] == "img-src 'self'"
    assert event.problems == ()


def test_a_report_from_a_page_that_a_link_led_to_has_no_problem() -> None:
    (event,) = read(
        {
            "csp-report": {
                "violated-directive": "img-src",
                "effective-directive": "img-src",
                "referrer": "https://a.example/",
            }
        }
    ).events

    assert (event.title, event.problems) == ("CSP: img-src blocked something", ())
    assert event.request is not None
    assert event.request.headers["Referer"] == "https://a.example/"


@pytest.mark.parametrize(
    ("report", "title"),
    [
        (
            {"hostname": "a.example", "port": 443, "known-pins": []},
            "HPKP: a.example served none of the pinned keys",
        ),
        (
            {"expect-ct-report": {"hostname": "a.example", "port": 8443}},
            "Expect-CT: a.example:8443 served a certificate that no log knows",
        ),
        (
            {"expect-staple-report": {"hostname": "a.example", "response-status": "MISSING"}},
            "Expect-Staple: a.example stapled no valid OCSP response",
        ),
    ],
)
def test_reports_on_certificates(report: dict[str, Any], title: str) -> None:
    inner = next((part for part in report.values() if isinstance(part, dict)), report)
    inner["date-time"] = "2026-11-20T10:00:00Z"
    head = b"POST /api/1/security/?sentry_release=r9&sentry_environment=prod HTTP/1.1"
    (event,) = hostile.check(read(report, head))

    assert (event.title, event.level, event.problems) == (title, Level.ERROR, ())
    assert (event.release, event.environment) == ("r9", "prod")
    assert event.timestamp.isoformat() == "2026-11-20T10:00:00+00:00"
    assert event.extra["hostname"] == "a.example"


def test_what_a_page_itself_sends_to_the_security_address_has_the_release_of_the_address() -> None:
    (event,) = read({"message": "oh"}, b"POST /api/1/security/?sentry_release=r9 HTTP/1.1").events

    assert (event.title, event.release, event.environment) == ("oh", "r9", None)


@pytest.mark.parametrize(
    ("blocked", "words"),
    [
        ("https://cdn.example/a.js?v=1", "CSP: script-src blocked cdn.example"),
        ("https://cdn.example:443/b.js", "CSP: script-src blocked cdn.example"),
        ("https://cdn.example:8443/b.js", "CSP: script-src blocked cdn.example:8443"),
        ("http://localhost:3000/b.js", "CSP: script-src blocked localhost:3000"),
        ("ws://localhost:80/live", "CSP: script-src blocked localhost"),
        ("http://[::1]:4000/b.js", "CSP: script-src blocked [::1]:4000"),
        ("localhost:3000", "CSP: script-src blocked localhost:3000"),
        ("https://cdn.example:99999/b.js", "CSP: script-src blocked https://cdn.example:99999/b.js"),
        ("inline", "CSP: script-src blocked inline"),
        ("data:text/javascript", "CSP: script-src blocked data"),
        ("https://[x", "CSP: script-src blocked https://[x"),
    ],
)
def test_the_words_do_not_change_from_page_to_page(blocked: str, words: str) -> None:
    fields = Fields({"blockedURL": blocked, "effectiveDirective": "script-src"})

    assert describe(fields, "csp-violation", Notes()).words == words
    # The whole address stays beside the words.
    assert fields.left == ({"blocked": blocked} if "://" in blocked else {})


def test_a_kind_that_is_not_known_has_its_own_name() -> None:
    description = describe(Fields({"reason": "too old", "port": 443}), "something-new", Notes())

    assert (description.words, description.level, description.exception) == (
        "something-new: too old",
        None,
        None,
    )
    assert describe(Fields({}), "intervention", Notes()).level is Level.WARNING


def test_a_stack_that_cannot_be_read_stays_in_the_fields() -> None:
    fields = Fields({"reason": "oom", "stack": "somewhere"})
    raised = describe(fields, "crash", Notes()).exception

    assert raised is not None
    assert (raised.type, raised.value, raised.frames) == ("Crash", "out of memory", ())
    assert fields.left == {"stack": "somewhere"}


def test_what_the_words_leave_out_stays_in_the_fields() -> None:
    network = Fields({"type": "dns.name_not_resolved", "url": "https://api.example/x"})
    isolation = Fields({"blockedURL": "https://cdn.example/x.js", "destination": "script"})

    assert (
        describe(network, "network-error", Notes()).words
        == "Network error: dns.name_not_resolved at api.example"
    )
    assert describe(isolation, "coep", Notes()).words == "COEP: script blocked cdn.example"
    assert network.left == {"url": "https://api.example/x"}
    assert isolation.left == {"blocked": "https://cdn.example/x.js"}
    assert describe(Fields({}), "network-error", Notes()).words == "Network error: unknown"
