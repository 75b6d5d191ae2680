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
