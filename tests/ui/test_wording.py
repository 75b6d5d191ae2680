from datetime import UTC, datetime, timedelta

import pytest

from ui.wording import ago, before, day, local

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "now"),
        (4.6, "4s ago"),
        (12, "12s ago"),
        (200, "3m ago"),
        (7_300, "2h ago"),
        (90_000, "1d ago"),
        (-300, "in 5m"),
        (-1, "now"),
    ],
)
def test_ago(seconds: float, expected: str) -> None:
    assert ago(NOON - timedelta(seconds=seconds), NOON) == expected


def test_before_and_after() -> None:
    assert before(NOON - timedelta(seconds=1.25), NOON) == "\N{MINUS SIGN}1.2 s"
    assert before(NOON + timedelta(milliseconds=40), NOON) == "+40 ms"
    assert before(NOON, NOON) == "0 ms"


@pytest.mark.parametrize("moment", [NOON, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_local_time_of_any_moment(moment: datetime) -> None:
    assert local(moment).count(":") == 2


def test_a_day_has_its_weekday_and_another_year() -> None:
    now = datetime(2026, 11, 30, 12).astimezone()
    assert day(now, now) == "Mon 30 Nov"
    assert day(datetime(2028, 1, 5, 12).astimezone(), now) == "Wed 5 Jan 2028"
