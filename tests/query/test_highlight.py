"""The words of a search are found in what a person reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.query.highlight import Highlighter
from tests.query.test_parser import HOSTILE


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in Highlighter(query).ranges(text)]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("card", "A card, a discard, Cards", ["card", "Card"]),
        (
            "std::runtime_error",
            "std::runtime_error: std, runtime_error",
            ["std::runtime_error", "std, runtime_error"],
        ),
        ('"not found"', "was not  found, found not", ["not  found"]),
        ("type:Key -Error", "KeyError: Error", ["Key"]),
        ("level:error user:ada", "error ada", []),
        ("a or b", "b a", ["b", "a"]),
        ("soehne söhne", "Sohne & Söhne", ["Sohne", "Söhne"]),
        ("url:*/cart", "/shop/cart", ["cart"]),
        ("rec*found", "RecordNotFound", ["Rec", "Found"]),
        ("*".join("a" * 30) + "*b", "a" * 100, ["a"] * 100),
        ("!!!", "!!!", []),
        ("", "a", []),
    ],
)
def test_words_are_marked(query: str, text: str, words: list[str]) -> None:
    assert marked(query, text) == words
    assert bool(Highlighter(query)) == (query not in ("", "!!!", "level:error user:ada"))


@given(HOSTILE, st.text(max_size=40))
def test_any_search_marks_any_text(query: str, text: str) -> None:
    before = 0
    for start, end in Highlighter(query).ranges(text):
        assert before <= start < end <= len(text)
        before = end
