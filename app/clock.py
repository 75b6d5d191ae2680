"""The wall clock, in the form in which the store keeps every time."""

import time
from datetime import UTC, datetime


def now_micros() -> int:
    """The wall clock's time now, in microseconds since 1970, UTC."""
    return time.time_ns() // 1_000


def midnight(now: int | None = None) -> int:
    """When the day of that time began by this computer's clock, by default today: microseconds since 1970."""
    moment = datetime.fromtimestamp((now_micros() if now is None else now) / 1_000_000, UTC).astimezone()
    return int(moment.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()) * 1_000_000
