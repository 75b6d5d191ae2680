"""A search that finds nothing is made to ask for less."""

from hypothesis import given

from app.query import parser
from app.query.relaxed import Relaxed, parts, relaxed
from app.query.syntax import terms
from tests.query.test_parser import HOSTILE


def test_each_part_is_left_out_once() -> None:
    assert relaxed("boom -is:muted (a or b)") == [
        Relaxed("-is:muted (a or b)", "boom"),
        Relaxed("boom (a or b)", "-is:muted"),
        Relaxed("boom -is:muted", "a or b"),
    ]


def test_one_part_cannot_be_left_out() -> None:
    assert relaxed("boom") == []
    assert relaxed("a or b") == []
    assert relaxed("") == []


def test_parts_are_searches_of_their_own() -> None:
    assert parts("boom -is:muted (a or b)") == ["boom", "-is:muted", "a or b"]
    assert parts("boom") == []


@given(HOSTILE)
def test_any_search_asks_for_less(text: str) -> None:
    number = len(terms(parser.parse(text).root))
    assert all(len(terms(parser.parse(each.text).root)) < number for each in relaxed(text))
