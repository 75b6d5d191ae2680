from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.event import timestamps

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-23T12:00:00Z",
        "2026-11-23T12:00:00",
        "2026-11-23T14:00:00+02:00",
        "Mon, 23 Nov 2026 13:00:00 +0100",
        1795435200,
        "1795435200.0",
        1795435200_000,
        1795435200_000_000,
        1795435200_000_000_000,
        "1795435200000000000",
    ],
)
def test_parse(written: str | float) -> None:
    moment = timestamps.parse(written)

    assert moment == NOON
    assert moment is not None
    assert moment.tzinfo is UTC


def test_parse_rfc822() -> None:
    assert timestamps.parse_rfc822("Mon, 23 Nov 2026 13:00:00 +0100") == NOON
    assert timestamps.parse_rfc822("Mon, 23 Nov 2026 12:00:00") == NOON
    assert timestamps.parse_rfc822("soon") is None


def test_what_is_plausible() -> None:
    assert timestamps.is_plausible(NOON, NOON)
    assert timestamps.is_plausible(NOON + timedelta(hours=23), NOON)
    assert not timestamps.is_plausible(NOON + timedelta(hours=25), NOON)
    assert not timestamps.is_plausible(datetime(1999, 12, 31, tzinfo=UTC), NOON)


@given(
    st.text(max_size=40)
    | st.floats()
    | st.integers()
    | st.sampled_from(["0001-01-01T00:00:00+14:00", "9" * 400])
)
def test_anything_is_a_time_or_none(written: str | float) -> None:
    moment = timestamps.parse(written)
    assert moment is None or moment.tzinfo is UTC
    if isinstance(written, str):
        moment = timestamps.parse_rfc822(written)
        assert moment is None or moment.tzinfo is UTC
