from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.event import likely_message

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=30,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"data": {"inner": {"error_message": "disk is full"}}}, "disk is full"),
        ({"deep": {"msg": "no"}, "message": "yes"}, "yes"),
        ({"id": "8fcb1eedf2514c4caf9c4e8ecd660175", "foo": "nothing works at all"}, "nothing works at all"),
        ({"code": "E42", "foo": "nothing works at all"}, "E42: nothing works at all"),
        ({"a": "word", "b": "https://example.org/x"}, "a: word"),
        ({"password": "correct horse battery", "a": 1}, "An object with password, a"),
        ({"session": {"message": "hidden"}}, "An object with session"),
        ({"a": 1, "b": 2}, "An object with a, b"),
        ({"a": 3, "b": 4}, "An object with a, b"),
        ([{"a": 1}], "A list of objects with a"),
        ([1, 2], "A list without words"),
        ("\n\n  two words\nmore", "two words"),
        ({"message": "\n- \nfirst words"}, "first words"),
        ({"level": "error"}, "An object with level"),
        ({}, None),
        (5, None),
        ("", None),
    ],
)
def test_the_likeliest_message_of_a_value(value: Any, words: str | None) -> None:
    assert likely_message.of_value(value) == words


@given(JSON)
def test_any_value_has_a_message_of_one_line_or_none(value: Any) -> None:
    words = likely_message.of_value(value)

    assert words is None or (len(words.splitlines()) <= 1)


def test_a_wide_value_is_looked_at_in_part_only() -> None:
    assert likely_message.of_value({f"n{number}": number for number in range(200_000)}) is not None
