from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.event import written_times

MOMENT = datetime(2026, 11, 30, 1, 13, 54, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-30 01:13:54 UTC",
        "2026-11-30 09:13:54 +0800",
        "2026-11-30 09:13:54 +0800 CST",
        "2026-11-30 01:13:54 +0000 UTC m=+0.001234",
        "2026-11-30t01:13:54z",
        "2026-11-30T01:13:54Z[UTC]",
        "2026-11-30T02:13:54+01:00[Europe/Berlin]",
        "2026-11-30 01:13:54 [UTC]",
        "2026-11-30 02:13:54 CET",
        "2026/11/30 01:13:54",
        "2026.11.30 01:13:54",
        "30/Nov/2026:01:13:54 +0000",
        "[30/Nov/2026:02:13:54 +0100]",
        "30-Nov-2026 01:13:54",
        "30 November 2026 01:13:54 UTC",
        "Mon Nov 30 2026 09:13:54 GMT+0800 (China Standard Time)",
        "Nov 30, 2026, 1:13:54 AM",
        "Nov 30, 2026 1:13:54\u202fAM",
        "Monday, November 30, 2026 at 1:13:54 a.m.",
        "Mon Nov 30 01:13:54 UTC 2026",
        "Mon Nov 30 01:13:54 2026",
        "Sun Nov 29 17:13:54 PST 2026",
        "20261130011354",
        "11/30/2026 01:13:54",
        "30/11/2026 01:13:54",
        "30.11.2026 01:13:54",
        "/Date(1796001234000)/",
        "/Date(1796001234000+0800)/",
        "\\/Date(1796001234000)\\/",
    ],
)
def test_read(written: str) -> None:
    assert written_times.read(written) == MOMENT


def test_fractions_and_ends_of_days() -> None:
    assert written_times.read("2026/11/30 01:13:54.1234567") == MOMENT + timedelta(microseconds=123456)
    assert written_times.read("2026/11/30 01:13:54,5") == MOMENT + timedelta(milliseconds=500)
    assert written_times.read("11/30/2026 12:00:00 AM") == datetime(2026, 11, 30, tzinfo=UTC)
    assert written_times.read("11/30/2026 12:00:00 PM") == datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert written_times.read("2026/11/30 24:00:00") == datetime(2026, 12, 1, tzinfo=UTC)
    assert written_times.read("2026/12/31 23:59:60 UTC") == datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2026-11-30 01:13:54 IST",
        "2026/02/30 01:13:54",
        "2026/11/30 25:13:54",
        "2026/11/30 01:61:54",
        "30/Nuv/2026:01:13:54",
        "30/Jux/2026:01:13:54",
        "99/99/2026 01:13:54",
        "/Date(999999999999999)/",
        "2026/11/30 01:13:54 " + "x" * 200,
    ],
)
def test_what_is_no_time(written: str) -> None:
    assert written_times.read(written) is None


@given(st.text(max_size=40) | st.text("0123456789/:-. TZUCADate()[]+", max_size=40))
def test_anything_is_a_time_in_utc_or_none(written: str) -> None:
    found = written_times.read(written)
    assert found is None or found.tzinfo is UTC
