import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import lenient_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=9), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_what_python_writes_is_read_and_can_be_encoded(value: Any) -> None:
    decoded, _problems = lenient_json.decode(json.dumps(value).encode())

    assert msgspec.json.decode(msgspec.json.encode(decoded)) == decoded


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_not(body: bytes) -> None:
    try:
        value, _problems = lenient_json.decode(body)
    except ValueError as error:
        assert str(error)
    else:
        msgspec.json.encode(value)


def test_pairs_of_surrogates_are_one_character() -> None:
    assert lenient_json.decode(b'"\\ud83d\\udc0e"') == ("🐎", [])
    assert lenient_json.decode(b'"\\ud83d"') == ("\ufffd", [])


def test_what_is_too_deep_becomes_text() -> None:
    value, problems = lenient_json.decode(b'{"a":' * 70 + b"1" + b"}" * 70)

    assert not lenient_json.too_deep(value)
    assert problems == ["Values nested deeper than 64 levels are shown as text."]
    assert '{"a": {"a": 1}}' in json.dumps(value).replace("\\", "")


def test_bottomless_json_is_refused() -> None:
    with pytest.raises(ValueError, match="nested too deep"):
        lenient_json.decode(b"[" * 100_000)


def test_text() -> None:
    assert lenient_json.as_text("plain") == "plain"
    assert lenient_json.as_text({"ž": [1, None, True]}) == '{"ž": [1, null, true]}'
