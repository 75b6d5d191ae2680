"""Findings: the order of their severities, and durations in words."""

from datetime import timedelta

import pytest

from app.doctor.finding import Severity, span


def test_severities_are_listed_from_the_least_to_the_worst() -> None:
    assert [*Severity] == [Severity.OK, Severity.NOTE, Severity.WARNING, Severity.PROBLEM]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (45.4, "45 seconds"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
        (172_799, "47 hours"),
        (259_200, "3 days"),
    ],
)
def test_duration_in_words(seconds: float, words: str) -> None:
    assert span(timedelta(seconds=seconds)) == words
