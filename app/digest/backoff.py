"""How long a report that failed waits for its next try: 2, 8, 32 and 128 seconds by default."""

from app.settings import Settings

FACTOR = 4
SECOND = 1_000_000


def pause(settings: Settings, attempts: int) -> int:
    """How long it waits after so many tries, in microseconds; none before the first."""
    return int(settings.retry_seconds * FACTOR ** (attempts - 1) * SECOND) if attempts else 0


def longest_pause(settings: Settings) -> int:
    """The pause before the last try; what is due later than that was written by a clock that was ahead."""
    return pause(settings, max(1, settings.retry_attempts - 1))
