"""Notices that only some clients send. What no good client sends: `tests.protocols.test_bad_notices`."""

from functools import partial
from typing import Any

import pytest

from tests.protocols import notices

notice = notices.honeybadger
event_of = partial(notices.event_of, "honeybadger.notice")


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
    ("written", "iso"),
    [
        ("Mon, 23 Nov 2026 12:05:18 GMT", "2026-11-23T12:05:18+00:00"),
        ("2026-11-23T12:05:18Z", "2026-11-23T12:05:18+00:00"),
        ("yesterday", "2026-11-23T13:00:00+00:00"),
    ],
)
def test_times(written: str, iso: str) -> None:
    assert event_of(notice() | {"server": {"time": written}}).timestamp.isoformat() == iso
