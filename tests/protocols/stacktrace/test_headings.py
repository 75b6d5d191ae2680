import re

import pytest

from app.protocols.stacktrace import headings

SURE = re.compile(r"(?P<type>[A-Z]\w*(?:Error|Exception)): (?P<value>.*)")


def found(lines: list[str], start: int = 0) -> tuple[int, str, str] | None:
    heading = headings.find(lines, len(lines), SURE, start)
    return heading and (heading[0], heading[1]["type"], heading[1]["value"])


def test_the_first_heading_counts_and_what_it_quotes_is_its_message() -> None:
    lines = ["could not charge", "TypeError: it says", "ValueError: quoted"]

    assert found(lines) == (1, "TypeError", "it says")
    assert found(lines, start=2) == (2, "ValueError", "quoted")


def test_a_heading_of_its_own_line_goes_before_one_within_a_line() -> None:
    lines = ["2026-01-01 ERROR pay: TypeError: within", "  ValueError: own line"]

    assert found(lines) == (1, "ValueError", "own line")
    assert found(lines[:1]) == (0, "TypeError", "within")


def test_there_may_be_none_or_none_near_enough() -> None:
    assert found(["could not charge", ""]) is None
    assert found([]) is None
    assert found(["TypeError: far away", *[""] * 500]) is None
    assert found(["TypeError: near", *[""] * 100]) == (0, "TypeError", "near")


def test_a_line_of_unlikely_length_is_passed_over_unless_it_is_the_last() -> None:
    long = "TypeError: " + "x" * 10_000

    assert found([long, "ValueError: short"]) == (1, "ValueError", "short")
    assert found(["", long]) is not None


@pytest.mark.parametrize(
    ("line", "is_logged"),
    [
        ("2026-01-01 12:00:00 ERROR Could not charge", True),
        ("[error] 7#7: upstream timed out", True),
        ("WARN  pay - Could not charge", True),
        ("shop.pay CRITICAL no card", True),
        ("Could not charge", False),
        ("TypeError: x is undefined", False),
        ("An ERRORS table is missing", False),
        ("", False),
    ],
)
def test_lines_of_logs(line: str, is_logged: bool) -> None:
    assert headings.is_logged(line) is is_logged
