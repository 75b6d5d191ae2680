"""Levels: the words and numbers of all clients, read as one of ours."""

from typing import Any

from app.model import Level
from app.protocols.wire.notes import Notes

_WORDS: dict[object, Level] = {
    **{level.value: level for level in Level},
    "emergency": Level.FATAL,
    "emerg": Level.FATAL,
    "alert": Level.FATAL,
    "critical": Level.FATAL,
    "crit": Level.FATAL,
    "panic": Level.FATAL,
    "severe": Level.ERROR,
    "err": Level.ERROR,
    "exception": Level.ERROR,
    "warn": Level.WARNING,
    "notice": Level.INFO,
    "information": Level.INFO,
    "informational": Level.INFO,
    "log": Level.INFO,
    "success": Level.INFO,
    "trace": Level.DEBUG,
    "verbose": Level.DEBUG,
    # Python's numbers, which raven and the logging handlers send.
    50: Level.FATAL,
    40: Level.ERROR,
    30: Level.WARNING,
    20: Level.INFO,
    10: Level.DEBUG,
}
# RFC 5424, section 6.2.1.
_SYSLOG = (Level.FATAL,) * 3 + (Level.ERROR, Level.WARNING) + (Level.INFO,) * 2 + (Level.DEBUG,)
_QUIET = frozenset((Level.INFO, Level.DEBUG))


def find(value: object) -> Level | None:
    """The level that a word or one of Python's numbers means; None when it means none."""
    try:
        level = _WORDS.get(value)
    except TypeError:
        # A list or an object: no level.
        return None
    if level is None and isinstance(value, str):
        word = value.strip().lower()
        level = _WORDS.get(int(word)) if word.isascii() and word.isdigit() else _WORDS.get(word)
    return level


def read(value: Any, notes: Notes, default: Level = Level.ERROR) -> Level:
    """As `find`, but `default` without a value, and for an unknown one, which is noted."""
    if value is None:
        return default
    level = find(value)
    if level is None:
        notes.keep("level", value)
        notes.problem(f"The level {str(value)[:60]!r} is not known; the event counts as {_A[default]}.")
        return default
    return level


def syslog(severity: int) -> Level | None:
    """The level of a syslog severity, 0 (emergency) to 7 (debug)."""
    return _SYSLOG[severity] if 0 <= severity < len(_SYSLOG) else None


def of_crash(level: Level) -> Level:
    """The level of a crash: some clients call it "debug" (docs/protocols.md, section 3)."""
    return Level.ERROR if level in _QUIET else level


_A = {
    Level.FATAL: "fatal",
    Level.ERROR: "an error",
    Level.WARNING: "a warning",
    Level.INFO: "information",
    Level.DEBUG: "debug",
}
