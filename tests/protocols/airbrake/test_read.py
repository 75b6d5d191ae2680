"""Notices that only some clients send. What no good client sends: `tests.protocols.test_bad_notices`."""

from functools import partial

import pytest

from app.model import Level
from tests.protocols import captures, notices

REPORT = notices.report("airbrake.notice")
notice = notices.airbrake
event_of = partial(notices.event_of, "airbrake.notice")


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


def test_an_older_client_names_itself_beside_the_context() -> None:
    event = event_of(notice() | {"notifier": {"name": "old", "version": "1", "url": "u"}})
    assert event.sdk is not None
    assert (event.sdk.name, event.sdk.version, event.extra) == ("old", "1", {"notifier.url": "u"})
    both = notice() | {"notifier": {"name": "old"}, "context": {"notifier": {"name": "new"}}}
    assert event_of(both).extra == {"notifier": {"name": "old"}}


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
