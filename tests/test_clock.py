"""The wall clock in microseconds, as the store keeps it."""

from datetime import UTC, datetime

from app.clock import now_micros
from app.model import from_micros


def test_it_is_the_time_of_the_standard_library() -> None:
    before = datetime.now(UTC)
    now = from_micros(now_micros())
    # `datetime.now` and `time_ns` may round the same instant to neighbouring microseconds.
    assert before.replace(microsecond=0) <= now <= datetime.now(UTC).replace(microsecond=999_999)
