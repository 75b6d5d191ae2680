"""The model: exact times, and values that can neither be changed nor lose anything as JSON."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import EPOCH, Event, Level, from_micros, to_micros
from tests.factories import make_event


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_are_exact_to_the_microsecond(moment: datetime) -> None:
    again = from_micros(to_micros(moment))
    assert again == moment
    assert again.tzinfo is UTC


def test_microseconds_count_from_1970() -> None:
    assert to_micros(EPOCH) == 0
    assert to_micros(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_other_time_zones_are_converted() -> None:
    berlin = datetime(2026, 7, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    assert from_micros(to_micros(berlin)) == datetime(2026, 7, 1, 12, tzinfo=UTC)


def test_levels_are_listed_from_the_worst() -> None:
    assert [*Level] == ["fatal", "error", "warning", "info", "debug"]


def test_event_survives_json_and_cannot_be_changed() -> None:
    event = make_event(tags={"region": "eu"}, fingerprint=("a", "b"))
    assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event
    with pytest.raises(AttributeError):
        event.title = "another"  # type: ignore[misc]
