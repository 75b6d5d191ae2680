import logging

import pytest

from app.model import Level
from app.protocols.event import levels
from app.protocols.wire.notes import Notes


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (logging.CRITICAL, Level.FATAL),
        (logging.ERROR, Level.ERROR),
        (logging.WARNING, Level.WARNING),
        (str(logging.INFO), Level.INFO),
        (logging.DEBUG, Level.DEBUG),
        ("Warning", Level.WARNING),
        (" warn ", Level.WARNING),
        ("CRITICAL", Level.FATAL),
        ("severe", Level.ERROR),
        ("eror", Level.ERROR),
        ("dpanic", Level.FATAL),
        ("silly", Level.DEBUG),
        (45, Level.ERROR),
        ("25", Level.INFO),
        (200, None),
        (True, None),
        ("http", None),
        ("E", None),
        ("Verbose", Level.DEBUG),
        ("Information", Level.INFO),
        ("terrible", None),
        (7, None),
        ("", None),
        (None, None),
        ([], None),
        ({"level": "error"}, None),
    ],
)
def test_words_and_the_numbers_of_python(value: object, level: Level | None) -> None:
    assert levels.find(value) is level


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (0, Level.FATAL),
        (2, Level.FATAL),
        (3, Level.ERROR),
        (4, Level.WARNING),
        (5, Level.INFO),
        (6, Level.INFO),
        (7, Level.DEBUG),
        (8, None),
        (-1, None),
    ],
)
def test_severities_of_syslog(severity: int, level: Level | None) -> None:
    """RFC 5424, section 6.2.1"""
    assert levels.syslog(severity) is level


def test_an_unknown_level_is_noted_and_the_default_taken() -> None:
    notes = Notes()

    assert levels.read("terrible", notes, Level.WARNING) is Level.WARNING
    assert notes.kept == {"level": "terrible"}
    assert notes.problems == ["The level 'terrible' is not known; the event counts as a warning."]


@pytest.mark.parametrize(
    "value", ["http", "access", "audit", "none", "unknown", "anything", "", None, 7, [], {}]
)
def test_a_level_that_nobody_knows_tells_of_no_error_in_a_log(value: object) -> None:
    assert levels.of_log(value) is Level.INFO


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("E", Level.ERROR),
        (" w ", Level.WARNING),
        ("F", Level.FATAL),
        ("failed", Level.ERROR),
        ("high", Level.ERROR),
    ],
)
def test_where_a_level_is_expected_a_letter_is_enough(value: str, level: Level) -> None:
    assert levels.find_in_field(value) is levels.of_log(value) is level
    assert levels.find(value) is None


@pytest.mark.parametrize("value", ["no error", "http_error", "log", "level", "...", "\x1b[31m", "x" * 1000])
def test_more_than_one_word_is_no_level(value: str) -> None:
    assert levels.find_in_field(value) is levels.find(value)


def test_words_of_loggers_are_told_from_others() -> None:
    assert levels.is_loggers(" HTTP ")
    assert not any(map(levels.is_loggers, ("terrible", "error", None, 5, [])))


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (0, None),
        (1, Level.DEBUG),
        (9, Level.INFO),
        (13, Level.WARNING),
        (17, Level.ERROR),
        (24, Level.FATAL),
        (25, None),
    ],
)
def test_severities_of_opentelemetry(severity: int, level: Level | None) -> None:
    assert levels.opentelemetry(severity) is level


def test_without_a_value_the_default_is_taken() -> None:
    notes = Notes()

    assert levels.read(None, notes, Level.INFO) is Level.INFO
    assert (notes.kept, notes.problems) == ({}, [])


@pytest.mark.parametrize(
    ("level", "of_crash"),
    [
        (Level.DEBUG, Level.ERROR),
        (Level.INFO, Level.ERROR),
        (Level.WARNING, Level.WARNING),
        (Level.FATAL, Level.FATAL),
    ],
)
def test_a_crash_is_never_quiet(level: Level, of_crash: Level) -> None:
    assert levels.of_crash(level) is of_crash


def test_a_known_level_is_not_noted() -> None:
    notes = Notes()

    assert levels.read("fatal", notes, Level.INFO) is Level.FATAL
    assert (notes.kept, notes.problems) == ({}, [])
