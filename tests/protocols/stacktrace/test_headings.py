import re

from app.protocols.stacktrace import headings

SURE = re.compile(r"(?P<type>[A-Z]\w*Error): (?P<value>.*)")


def test_a_heading_at_the_beginning_of_a_line_is_preferred() -> None:
    lines = ["ERROR while paying: OldError: quoted", "PaymentError: no card", "    at pay"]

    found = headings.find(lines, 2, SURE)

    assert found is not None
    assert (found[0], found[1]["value"]) == (1, "no card")


def test_a_heading_within_a_line_counts_where_no_line_begins_with_one() -> None:
    found = headings.find(["12:00 PaymentError: no card"], 1, SURE)

    assert found is not None
    assert found[1].start() == 6
    assert headings.find(["nothing of the kind"], 1, SURE) is None


def test_what_a_logger_began_is_no_heading() -> None:
    assert headings.is_logged("2026-11-23 12:00 ERROR no card")
    assert headings.is_logged("[error] no card")
    assert not headings.is_logged("no card")
