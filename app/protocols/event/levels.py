"""Levels: the words and numbers of all clients, read as one of ours."""

import re
from typing import Any

from app.model import Level
from app.protocols.wire.notes import Notes

_WORDS: dict[str, Level] = {
    **{level.value: level for level in Level},
    **dict.fromkeys("emergency emerg alert critical crit panic dpanic ftl".split(), Level.FATAL),
    **dict.fromkeys("severe err eror exception".split(), Level.ERROR),
    **dict.fromkeys("warn wrn".split(), Level.WARNING),
    **dict.fromkeys("notice information informational inf log success".split(), Level.INFO),
    **dict.fromkeys("trace verbose dbug dbg vrb silly finer finest".split(), Level.DEBUG),
}
# Only where a level is expected: anywhere else these words are names of something.
_WHERE_EXPECTED = {
    **dict.fromkeys("f fault assert wtf".split(), Level.FATAL),
    **dict.fromkeys("e failure failed fail high urgent blocker major".split(), Level.ERROR),
    **dict.fromkeys("w medium moderate minor low".split(), Level.WARNING),
    **dict.fromkeys(("i",), Level.INFO),
    **dict.fromkeys("d v".split(), Level.DEBUG),
}
# What loggers call lines that are below all others, or of no level: winston's, Loki's, Java's, Google's.
_OF_LOGGERS = frozenset(
    "http access audit request metric timing help data prompt input config fine silent none unknown unset "
    "notset off all default any unspecified undefined null".split()
)
# Of those, and of the known ones, what only loggers write: nobody sends it by hand.
_CHATTER = frozenset("http silly access audit request metric timing silent none off".split())
# Python's numbers, which raven and the logging handlers send; apps add levels between them.
_PYTHON = ((50, Level.FATAL), (40, Level.ERROR), (30, Level.WARNING), (20, Level.INFO), (10, Level.DEBUG))
_HIGHEST = 100
# As they come, and as they are left where the escape itself was taken out.
_COLOURS = re.compile(r"\x1b?\[[0-9;]{1,20}m")
_PARTS = re.compile(r"[a-z]+")
_NOISE = frozenset("log logging level loglevel severity number lvl".split())
_LONGEST = 100
# RFC 5424, section 6.2.1.
_SYSLOG = (Level.FATAL,) * 3 + (Level.ERROR, Level.WARNING) + (Level.INFO,) * 2 + (Level.DEBUG,)
# https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber, by the first of each four.
_OPENTELEMETRY = (Level.DEBUG, Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR, Level.FATAL)
_QUIET = frozenset((Level.INFO, Level.DEBUG))


def find(value: object) -> Level | None:
    """The level that a word or one of Python's numbers means; None when it means none."""
    if isinstance(value, str):
        level = _WORDS.get(value)
        if level is None:
            word = value.strip().lower()
            is_number = word.isascii() and word.isdigit() and len(word) < 4
            level = _numbered(int(word)) if is_number else _WORDS.get(word)
        return level
    return _numbered(value) if type(value) is int else None


def _numbered(number: int) -> Level | None:
    if number > _HIGHEST:
        return None
    return next((level for least, level in _PYTHON if number >= least), None)


def find_in_field(value: object) -> Level | None:
    """As `find`, for the value of a field that is one for levels: a letter is enough there.

    Colours (winston's `colorize`), brackets and what the level is one of (``LogLevel.Error``, ``LOG_ERR``) do
    not count.
    """
    found = find(value)
    if found is not None or not isinstance(value, str):
        return found
    word = _bare(value)
    if word in _WHERE_EXPECTED:
        return _WHERE_EXPECTED[word]
    parts = [part for part in _PARTS.findall(word.rpartition(".")[2]) if part not in _NOISE]
    return _WORDS.get(parts[0]) if len(parts) == 1 else None


def of_log(value: object) -> Level:
    """As `find_in_field`, for a line of a log: a level that nobody knows (``audit``) tells of no error."""
    return find_in_field(value) or Level.INFO


def is_loggers(value: object) -> bool:
    """Whether a word that `find` does not know is one that loggers use for what is no error."""
    return isinstance(value, str) and _bare(value) in _OF_LOGGERS


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


def is_chatter(value: object) -> bool:
    """Whether a level is one that only loggers give to their lines, such as winston's ``http``."""
    return isinstance(value, str) and _bare(value) in _CHATTER


def _bare(word: str) -> str:
    return _COLOURS.sub("", word[:_LONGEST]).strip().lower()


def opentelemetry(severity: int) -> Level | None:
    """The level of OpenTelemetry's severity, 1 (trace) to 24 (fatal)."""
    return _OPENTELEMETRY[(severity - 1) // 4] if 0 < severity <= 24 else None


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
