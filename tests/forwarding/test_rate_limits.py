"""What servers say they want no more of, by the examples of Sentry's documentation and worse."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from app.forwarding.rate_limits import EVERYTHING, in_force, read
from tests.factories import NOON, SECOND

LIMITS = "x-sentry-rate-limits"


@pytest.mark.parametrize(
    ("status", "headers", "limits"),
    [
        (200, {}, {}),
        (200, {LIMITS: "60:transaction:key, 2700:default;error;security:organization"},
         {"transaction": 60, "default": 2700, "error": 2700, "security": 2700}),
        (429, {LIMITS: "60::organization:quota_exceeded", "retry-after": "5"}, {EVERYTHING: 60}),
        (429, {"retry-after": "7"}, {EVERYTHING: 7}),
        (429, {}, {EVERYTHING: 60}),
        (429, {"retry-after": "soon"}, {EVERYTHING: 60}),
        (429, {"retry-after": "-3"}, {EVERYTHING: 0}),
        (429, {"retry-after": "nan"}, {EVERYTHING: 60}),
        (429, {"retry-after": "1e99"}, {EVERYTHING: 3600}),
        (503, {"retry-after": "30"}, {EVERYTHING: 30}),
        (503, {}, {}),
        (500, {"retry-after": "30"}, {}),
        (429, {LIMITS: "x:error,,:,5:error"}, {"error": 5}),
        (429, {"retry-after": format_datetime(datetime.fromtimestamp(NOON / SECOND + 90, UTC), usegmt=True)},
         {EVERYTHING: 90}),
    ],
)  # fmt: skip
def test_limits(status: int, headers: dict[str, str], limits: dict[str, int]) -> None:
    assert read(status, headers, NOON) == {each: NOON + wait * SECOND for each, wait in limits.items()}


def test_a_flood_of_limits_is_bounded() -> None:
    assert len(read(429, {LIMITS: ",".join(f"9:c{n}" for n in range(9_999))}, NOON)) == 50


def test_limits_end_also_where_the_clock_was_set_back() -> None:
    limits = {"error": NOON + 5, "log_item": NOON, "span": NOON + 9_999 * SECOND}
    assert in_force(limits, NOON) == {"error": NOON + 5}
