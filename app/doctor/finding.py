"""A finding: what is the case, what that means and what to do."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters, the least first."""

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
