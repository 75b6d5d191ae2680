import pytest

from app.model import Level
from app.protocols.event import levels
from app.protocols.wire.notes import Notes


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("error", Level.ERROR),
        (" Critical ", Level.FATAL),
        ("WARN", Level.WARNING),
        ("40", Level.ERROR),
        (10, Level.DEBUG),
        ("terrible", None),
        (7, None),
        ([], None),
        (None, None),
    ],
)
def test_level_names_and_pythons_level_numbers(value: object, level: Level | None) -> None:
    assert levels.find(value) is level


def test_an_unknown_level_goes_into_extra_and_the_default_applies() -> None:
    notes = Notes()

    assert levels.read("terrible", notes, Level.WARNING) is Level.WARNING
    assert notes.kept == {"level": "terrible"}
    assert "counts as a warning" in notes.problems[0]
    assert levels.read(None, notes) is Level.ERROR
    assert len(notes.problems) == 1


def test_syslog_counts_from_emergency_to_debug() -> None:
    assert [levels.syslog(number) for number in range(-1, 9)] == [
        *(None, Level.FATAL, Level.FATAL, Level.FATAL, Level.ERROR),
        *(Level.WARNING, Level.INFO, Level.INFO, Level.DEBUG, None),
    ]
