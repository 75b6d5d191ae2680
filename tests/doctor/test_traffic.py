"""Findings about clients: who sent reports, whose clock is wrong, and what was refused."""

import pytest

from app.doctor.finding import Severity
from app.settings import Settings
from tests.doctor.examining import call, examined, refuse, titles, wait
from tests.factories import Store


def test_recent_callers_are_named(store: Store, settings: Settings) -> None:
    call(store, "old", ago=3_600)
    found = examined(store, settings)
    assert "No client has sent a report in the last 15 minutes." in titles(found, Severity.WARNING)
    call(store, "pyrollbar")
    found = examined(store, settings)
    assert "In the last 15 minutes reports came from: pyrollbar." in titles(found, Severity.OK)
    assert not any("public address" in title for title in titles(found, Severity.NOTE))
    assert [caller.client for caller in found.callers] == ["pyrollbar", "old"]
    call(store, "sentry.javascript.browser")
    assert any("public address" in title for title in titles(examined(store, settings), Severity.NOTE))


def test_waiting_report_counts_as_a_call(running: Store, settings: Settings) -> None:
    wait(running, 3)
    found = titles(examined(running, settings))
    assert not any("Nobody" in title for title in found)
    assert any(title.startswith("A report came in for shop at ") for title in found)


def test_old_report_is_not_a_recent_call(running: Store, settings: Settings) -> None:
    wait(running, 3, ago=7_200)
    assert "No client has sent a report in the last 15 minutes." in titles(examined(running, settings))


@pytest.mark.parametrize(
    ("skew", "severity", "words"),
    [
        (3_600.0 * 2, Severity.WARNING, "2 hours ahead"),
        (150.0, Severity.WARNING, "2 minutes ahead"),
        (86_400.0 * 3, Severity.WARNING, "3 days ahead"),
        (-45.0, Severity.NOTE, "45 seconds behind"),
    ],
)
def test_wrong_clock_is_found(
    store: Store, settings: Settings, skew: float, severity: Severity, words: str
) -> None:
    call(store, skew=skew)
    assert any(words in title for title in titles(examined(store, settings), severity))


def test_right_clock_is_not_mentioned(store: Store, settings: Settings) -> None:
    call(store, skew=-2.0)
    assert not any("clock" in finding.title for finding in examined(store, settings).findings)


def test_refused_requests_of_the_last_hour_are_counted(store: Store, settings: Settings) -> None:
    refuse(store, 404, "old", ago=7_200)
    refuse(store, 421, "for 'evil'", times=3)
    refuse(store, 400, "This port speaks plain HTTP: use http:// instead of https://.")
    refuse(store, 503, "The disk is full")
    found = examined(store, settings)
    warned = titles(found, Severity.WARNING)
    assert "Turned away with 421 (3 times in the last hour): for 'evil'" in warned
    assert not any("404" in title for title in warned)
    assert "Turned away with 503: The disk is full" in titles(found, Severity.PROBLEM)
    advice = {finding.title: finding.advice for finding in found.findings}
    assert "http://" in advice[next(title for title in warned if "plain HTTP" in title)]
    assert len(found.refusals) == 6


def test_what_has_one_remedy_is_said_once(store: Store, settings: Settings) -> None:
    for key in ("a", "b", "b", "c"):
        refuse(store, 403, f"The key {key!r} is not known here")
    refuse(store, 404, "No error reports are taken at '/x'")
    found = [each for each in examined(store, settings).findings if each.title.startswith("Turned away")]
    assert [each.title for each in found] == [
        "Turned away with 403 (4 times in the last hour): The key 'b' is not known here",
        "Turned away with 404: No error reports are taken at '/x'",
    ]
    assert "2 other reasons" in found[0].meaning


def test_the_clock_of_one_machine_is_said_once(store: Store, settings: Settings) -> None:
    for client, skew in (("a", 7_200.0), ("b", 7_203.0), ("c", 7_190.0), ("d", 7_200.0), ("e", -400.0)):
        call(store, client, skew=skew)
    clocks = [title for title in titles(examined(store, settings)) if title.startswith("The clock")]
    assert len(clocks) == 2
    assert any("and 1 more is 2 hours ahead" in title for title in clocks)
