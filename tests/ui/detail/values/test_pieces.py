from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ui.detail.values import pieces
from ui.detail.values.dialect import JSON, PLAIN, PYTHON, Dialect, Strings
from ui.theme import DARK, LIGHT

REPR = replace(PYTHON, strings=Strings.REPR)
RUBY = Dialect(null="nil")


def shown(value: Any, dialect: Dialect, limit: int = pieces.LONGEST) -> str:
    return "".join(text for text, _ in pieces.of(value, dialect, limit))


@pytest.mark.parametrize(
    ("value", "dialect", "text", "colour"),
    [
        (42, JSON, "42", pieces.NUMBER),
        ("42", JSON, '"42"', pieces.TEXT),
        ("42", PLAIN, "42", pieces.OTHER),
        ("NaN", JSON, "NaN", pieces.NUMBER),
        ("-Infinity", PYTHON, "-Infinity", pieces.NUMBER),
        ("NaN", PLAIN, "NaN", pieces.OTHER),
        ("42", REPR, "42", pieces.NUMBER),
        ("'42'", REPR, "'42'", pieces.TEXT),
        ("b'x'", REPR, "b'x'", pieces.TEXT),
        (None, RUBY, "nil", pieces.CONSTANT),
        (True, PYTHON, "True", pieces.CONSTANT),
        ("None", REPR, "None", pieces.CONSTANT),
        ("<Foo object at 0x1>", REPR, "<Foo object at 0x1>", pieces.OTHER),
        ("two words", REPR, "two words", pieces.OTHER),
        ("[Filtered]", REPR, "[Filtered]", pieces.REMARK),
        ("[Filtered]", JSON, "[Filtered]", pieces.REMARK),
        ({}, JSON, "{}", pieces.PUNCTUATION),
        ("[]", REPR, "[]", pieces.PUNCTUATION),
    ],
)
def test_what_a_value_is_shows_by_quotes_and_colour(
    value: Any, dialect: Dialect, text: str, colour: str
) -> None:
    assert pieces.of(value, dialect) == [(text, colour)]


@pytest.mark.parametrize(
    ("value", "dialect", "text"),
    [
        ({"a": [1, "x", None]}, JSON, '{a: [1, "x", null]}'),
        ({"a": "1", "b": "'x'"}, REPR, "{a: 1, b: 'x'}"),
        ("Item(3, name='x')", REPR, "Item(3, name='x')"),
        ("{1, 'a'}", REPR, "{1, 'a'}"),
        ("{1: 2, (3, 4): ()}", REPR, "{1: 2, (3, 4): ()}"),
        ("[1, 2, ...]", REPR, "[1, 2, …]"),
        ({"a": "x"}, PLAIN, '{a: "x"}'),
        ({"a": "NaN"}, PLAIN, "{a: NaN}"),
        ([[[[[1]]]]], JSON, "[[[[[…]]]]]"),
    ],
)
def test_nested_values_on_one_line(value: Any, dialect: Dialect, text: str) -> None:
    assert shown(value, dialect) == text


def test_only_the_beginning_is_read_however_big_it_is() -> None:
    assert len(shown({str(n): "x" * 1_000 for n in range(100_000)}, JSON)) < 600
    assert shown("x" * 1_000_000, JSON, 10) == '"xxxxxxxxxx…'
    assert shown(10**5_000, JSON).startswith("0x")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    ),
    st.sampled_from([JSON, PLAIN, PYTHON, REPR, RUBY]),
)
def test_no_value_breaks_it_and_every_colour_is_a_token(value: Any, dialect: Dialect) -> None:
    for text, colour in pieces.of(value, dialect):
        assert "\n" not in text
        assert hasattr(LIGHT, colour)
        assert hasattr(DARK, colour)
