from typing import Any

import pytest

from app.model import Level, from_micros
from tests.protocols import captures
from tests.protocols.sentry.requests import ID, event_of


def test_an_empty_event_is_an_event() -> None:
    event = event_of({})

    assert event.event_id == ID
    assert event.title == "<unlabelled event>"
    assert event.level is Level.ERROR
    assert event.timestamp == event.received_at == from_micros(captures.RECORDED)
    assert event.problems == ()
    assert event.extra == {}


@pytest.mark.parametrize(
    ("written", "level"),
    [("fatal", "fatal"), ("Warning", "warning"), (40, "error"), (30, "warning"), ("critical", "fatal")],
)
def test_levels(written: object, level: str) -> None:
    event = event_of({"level": written})

    assert event.level == level
    assert event.problems == ()


@pytest.mark.parametrize("written", ["terrible", 7, ""])
def test_an_unknown_level_counts_as_error(written: object) -> None:
    event = event_of({"level": written})

    assert event.level is Level.ERROR
    assert event.problems
    assert event.extra["level"] == written


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00",
        "2026-11-23T12:00:00.000000",
        "2026-11-23T13:00:00+01:00",
        "2026-11-23 12:00:00",
        1795435200,
        1795435200.0,
        "1795435200",
        1795435200000,
        "Mon, 23 Nov 2026 12:00:00 GMT",
    ],
)
def test_times_are_utc(written: object) -> None:
    event = event_of({"timestamp": written})

    assert event.timestamp.isoformat() == "2026-11-23T12:00:00+00:00"
    assert event.problems == ()


@pytest.mark.parametrize("written", ["yesterday", "", "1970-01-01T00:00:00Z", 10**21, -5, 1e300, []])
def test_an_impossible_time_is_replaced_by_that_of_arrival(written: object) -> None:
    event = event_of({"timestamp": written})

    assert event.timestamp == event.received_at
    assert event.problems
    assert event.extra["timestamp"] == written


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        ({"message": "plain"}, "plain"),
        ({"message": {"message": "hi %s", "params": ["you"]}}, "hi you"),
        ({"message": {"formatted": "hi you", "message": "hi %s"}}, "hi you"),
        ({"logentry": {"message": "hi %s", "params": ["you"]}}, "hi you"),
        ({"logentry": {"message": "hi %(who)s", "params": {"who": "you"}}}, "hi you"),
        ({"logentry": {"message": "hi %d", "params": ["you"]}}, "hi %d"),
        ({"logentry": {"message": "100%"}}, "100%"),
        ({"logentry": {"message": "%-5s|%.2f%%", "params": ["a", 1.5]}}, "a    |1.50%"),
        ({"logentry": {"message": "%999999999d", "params": [1]}}, "%999999999d"),
        ({"logentry": {"message": "%*d", "params": [999999999, 1]}}, "%*d"),
        ({"logentry": {}, "message": "text"}, "text"),
        ({"sentry.interfaces.Message": {"message": "hi %s", "params": ["you"]}}, "hi you"),
    ],
)
def test_messages(payload: dict[str, Any], message: str) -> None:
    event = event_of(payload)

    assert event.message == event.title == message
    assert event.problems == ()


def test_a_template_stays_beside_the_message_for_grouping() -> None:
    entry = {"message": "order %s has no card", "params": ["42"]}
    event = event_of({"message": "another text", "logentry": entry})

    assert event.message == "order 42 has no card"
    assert event.extra == {"logentry": entry, "message": "another text"}
    assert event_of({"logentry": {"message": "plain"}}).extra == {}
