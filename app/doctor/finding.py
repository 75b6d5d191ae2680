"""A finding: what is the case, what that means and what to do about it."""

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How severe a finding is, the least first."""

    OK = "ok"
    NOTE = "note"
    WARNING = "warning"
    PROBLEM = "problem"


class Finding(Struct, frozen=True, kw_only=True):
    """What is the case (`title`), what that means, and what to do about it."""

    severity: Severity
    title: str
    meaning: str = ""
    advice: str = ""


def span(time: timedelta) -> str:
    """The duration in words, such as "3 minutes"."""
    seconds = round(time.total_seconds())
    for unit, size in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
