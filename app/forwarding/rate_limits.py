"""What a server wants no more of for a while, out of the headers of its answer. Pure.

Source: https://develop.sentry.dev/sdk/expected-features/rate-limiting/
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SECOND = 1_000_000
# A 429 that does not say for how long, and the longest that is believed.
DEFAULT_SECONDS, LONGEST_SECONDS = 60.0, 3_600.0
EVERYTHING = ""
_MOST_LIMITS = 50


def read(status: int, headers: Mapping[str, str], now: int) -> dict[str, int]:
    """Until when (microseconds) nothing of which category is wanted; `EVERYTHING` stands for all of them.

    `headers` have names in lower case. Categories that are unknown here are kept: Sentry adds some. A
    Retry-After counts where the answer is 429 or 503, and no X-Sentry-Rate-Limits is there.
    """
    limits: dict[str, int] = {}
    said = headers.get("x-sentry-rate-limits", "")
    for limit in said.split(",")[:_MOST_LIMITS]:
        seconds, _colon, rest = limit.strip().partition(":")
        wait = _seconds(seconds, now)
        if wait is None:
            continue
        categories = rest.partition(":")[0].strip()
        for category in categories.lower().split(";") if categories else [EVERYTHING]:
            until = now + int(wait * SECOND)
            limits[category.strip()] = max(until, limits.get(category.strip(), 0))
    if not limits and status in (429, 503):
        found = _seconds(headers.get("retry-after", ""), now)
        if found is None and status == 503:
            return {}
        limits[EVERYTHING] = now + int((DEFAULT_SECONDS if found is None else found) * SECOND)
    return limits


def in_force(limits: Mapping[str, int], now: int) -> dict[str, int]:
    """Those that are not over yet."""
    return {
        category: until for category, until in limits.items() if now < until <= now + LONGEST_SECONDS * SECOND
    }


def _seconds(text: str, now: int) -> float | None:
    """The seconds that a header says, as a number or as a date (RFC 9110, section 10.2.3)."""
    text = text.strip()
    try:
        found = float(text)
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except ValueError:
            return None
        found = (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - datetime.fromtimestamp(
            now / SECOND, UTC
        ).timestamp()
    return None if math.isnan(found) else min(max(0.0, found), LONGEST_SECONDS)
