"""Times that lose nothing, and values that cannot change."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import EPOCH, Event, Level, from_micros, to_micros
from tests.factories import make_event


@given(moment=st.datetimes(timezones=st.timezones()))
def test_a_moment_is_the_same_after_it_was_stored(moment: datetime) -> None:
    again = from_micros(to_micros(moment))
    assert again == moment.astimezone(UTC)
    assert again.tzinfo is UTC


def test_times_are_whole_microseconds_since_1970() -> None:
    assert to_micros(EPOCH) == 0
    assert to_micros(EPOCH - timedelta(microseconds=1)) == -1
    summer = datetime(2026, 7, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert to_micros(summer) == to_micros(datetime(2026, 7, 1, tzinfo=UTC))
    assert isinstance(to_micros(datetime.now(UTC)), int)


def test_an_event_is_the_same_after_it_was_json() -> None:
    event = make_event(level=Level.FATAL, tags={"region": "eu"}, extra={"a": [1, None]})
    assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        make_event().title = "another"  # type: ignore[misc]


def test_levels_are_in_order_the_worst_first() -> None:
    assert [*Level] == ["fatal", "error", "warning", "info", "debug"]
