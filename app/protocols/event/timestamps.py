"""Times as clients write them, made aware and UTC."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from app.model import EPOCH
from app.protocols.event import written_times

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# Clocks of laptops and phones run ahead; more than a day is no clock but a mistake.
_AHEAD = timedelta(days=1)


def parse(value: str | float) -> datetime | None:
    """A text (ISO 8601, RFC 822, or as `written_times` has it) or seconds since 1970; None for anything else.

    Without a zone it is UTC. A number too large for seconds is one of milli-, micro- or nanoseconds: clients
    have many units.
    """
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is UTC:
                return moment
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return EPOCH + timedelta(seconds=_in_seconds(value))
    except (ValueError, OverflowError):
        if not isinstance(value, str):
            return None
        return written_times.read(value) or _from_digits(value) or parse_rfc822(value)


def parse_rfc822(value: str) -> datetime | None:
    """``Mon, 23 Nov 2026 12:05:18 +0100``; without a zone it is UTC."""
    try:
        moment = parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def is_plausible(moment: datetime, received_at: datetime) -> bool:
    """Whether an event may have happened then, given when it arrived."""
    return EARLIEST <= moment <= received_at + _AHEAD


def _from_digits(value: str) -> datetime | None:
    try:
        return EPOCH + timedelta(seconds=_in_seconds(float(value)))
    except (ValueError, OverflowError):
        return None


def _in_seconds(value: float) -> float:
    # Seconds reach 1e11 in the year 5138; milliseconds were there in 1973.
    for power in (0, 3, 6, 9):
        if abs(value) < 10 ** (11 + power):
            return value / 10**power
    return value
