from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app import python_repr
from app.python_repr import Kind, Value
from ui.detail.values import reading
from ui.detail.values.dialect import JSON, PLAIN, PYTHON, Strings

REPR = replace(PYTHON, strings=Strings.REPR)
STR = replace(PYTHON, strings=Strings.STR)


def test_text_is_read_only_where_it_is_what_python_printed() -> None:
    assert reading.understood("[1]", JSON) == "[1]"
    assert reading.understood("[1]", PLAIN) == "[1]"
    assert reading.understood("'a'", REPR) == Value(Kind.TEXT, "a")
    assert reading.understood("two words", REPR) == Value(Kind.NAME, "two words")
    assert reading.understood("hunter2", STR) == "hunter2"
    assert reading.is_nested(reading.understood("[1, 2]", STR))


def test_of_long_text_only_the_beginning_is_read_for_a_line() -> None:
    long = repr(list(range(100_000)))
    short = reading.understood(long, REPR, whole=False)
    assert short.cut
    assert 100 < reading.count(short) < 5_000


@pytest.mark.parametrize(
    ("text", "name", "children"),
    [
        ("{'a': 1, 2: 3}", "dict", [("a", "a"), ("2", 2)]),
        ("[1]", "list", [("0", 0)]),
        ("(1, 2)", "tuple", [("0", 0), ("1", 1)]),
        ("{1}", "set", [("0", None)]),
        ("Item(3, name='x')", "Item", [("0", None), ("name", "name")]),
    ],
)
def test_items_have_a_name_and_a_step(text: str, name: str, children: list[Any]) -> None:
    value = reading.understood(text, REPR)
    assert reading.type_name(value, REPR) == name
    assert [(child.name, child.step) for child in reading.children(value, REPR)] == children


def test_json_has_items_too() -> None:
    assert [child.name for child in reading.children({"a": 1, "b": 2}, JSON, 1)] == ["b"]
    assert [child.step for child in reading.children(["x", "y"], JSON, 0, 1)] == [0]
    assert list(reading.children(3, JSON)) == []
    assert reading.type_name({}, JSON) == "object"
    assert reading.type_name(3, JSON) == ""


def test_raven_sends_names_as_text_as_well() -> None:
    assert [child.name for child in reading.children({"'sku'": "'A-1'"}, REPR)] == ["sku"]
    assert [child.name for child in reading.children({"'sku'": "A-1"}, JSON)] == ["'sku'"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
        lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_what_was_read_is_written_as_python_does(value: Any) -> None:
    read = python_repr.read(repr(value))
    assert read is not None
    assert python_repr.read(reading.written(read)) == read


def test_what_was_cut_ends_with_an_ellipsis() -> None:
    read = python_repr.read("Item(a=[1, 2, ")
    assert read is not None
    assert reading.written(read) == "Item(a=[1, 2, ...], ...)"
