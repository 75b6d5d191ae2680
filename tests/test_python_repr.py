"""What `repr` prints, read back."""

import ast
import datetime
import decimal
import math
from collections import OrderedDict, namedtuple
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import python_repr
from app.python_repr import Kind, Value, read

ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.just(...)
)
KEYS = st.none() | st.integers() | st.text() | st.tuples(st.integers(), st.text())
VALUES = st.recursive(
    ATOMS,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.tuples(inner)
        | st.sets(KEYS, min_size=1)
        | st.dictionaries(KEYS, inner)
    ),
    max_leaves=30,
)


def python_of(value: Value) -> Any:
    """The Python value that was read."""
    match value.kind:
        case Kind.TEXT:
            return value.text
        case Kind.BYTES:
            quote = "'''" if not value.text.endswith("'") else '"""'
            return ast.literal_eval(f"b{quote}{value.text}{quote}")
        case Kind.NUMBER:
            return complex(value.text) if "j" in value.text else number_of(value.text)
        case Kind.CONSTANT:
            return {"None": None, "True": True, "False": False, "Ellipsis": ...}[value.text]
        case Kind.LIST:
            return [python_of(item) for _, item in value.items]
        case Kind.TUPLE:
            return tuple(python_of(item) for _, item in value.items)
        case Kind.SET:
            return {python_of(item) for _, item in value.items}
        case Kind.DICT:
            return {python_of(key): python_of(item) for key, item in value.items if isinstance(key, Value)}
    raise AssertionError(value)


def number_of(text: str) -> float:
    return float(text) if any(letter in text for letter in ".enf") else int(text)


def same(one: Any, other: Any) -> bool:
    """Equal, with every nan as equal as its text."""
    return repr(one) == repr(other) or one == other


@given(VALUES)
def test_values_come_back(value: Any) -> None:
    found = read(repr(value))
    assert found is not None
    assert not found.cut
    assert same(python_of(found), value)


@given(VALUES, st.integers(0, 200))
def test_what_was_cut_anywhere_is_read_up_to_there(value: Any, length: int) -> None:
    shown = repr(value)[:length]
    found = read(shown)
    assert found is None or isinstance(found, Value)
    if shown[:1] in ("[", "{", "'", '"') and len(shown) < len(repr(value)):
        assert found is None or found.cut


@given(st.text(alphabet="()[]{}<>'\"\\,.:=-+ \n1aébNone0x", max_size=60))
def test_any_text_is_read_or_not(shown: str) -> None:
    found = read(shown)
    assert found is None or isinstance(found.kind, Kind)


@dataclass
class Item:
    name: str
    price: int


Point = namedtuple("Point", "x y")


def named(**items: Value) -> tuple[tuple[Value | str | None, Value], ...]:
    return tuple(items.items())


def unnamed(*items: Value) -> tuple[tuple[Value | str | None, Value], ...]:
    return tuple((None, item) for item in items)


def text(content: str) -> Value:
    return Value(Kind.TEXT, content)


def number(written: object) -> Value:
    return Value(Kind.NUMBER, str(written))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Item("tea", 3), Value(Kind.CALL, "Item", named(name=text("tea"), price=number(3)))),
        (Point(1, -2), Value(Kind.CALL, "Point", named(x=number(1), y=number(-2)))),
        (decimal.Decimal("1.5"), Value(Kind.CALL, "Decimal", unnamed(text("1.5")))),
        (PurePosixPath("/a"), Value(Kind.CALL, "PurePosixPath", unnamed(text("/a")))),
        (set(), Value(Kind.CALL, "set")),
        (
            datetime.date(2026, 11, 30),
            Value(Kind.CALL, "datetime.date", unnamed(number(2026), number(11), number(30))),
        ),
        (math.inf, number("inf")),
        (1 + 2j, number("(1+2j)")),
    ],
)
def test_calls_and_special_numbers(value: object, expected: Value) -> None:
    assert read(repr(value)) == expected


def test_objects_in_angle_brackets() -> None:
    for shown in ("<Foo object at 0x7f63a651fc90>", "<function f.<locals>.<lambda> at 0x7f>", "<a -> b>"):
        assert read(shown) == Value(Kind.OBJECT, shown)
    assert read("[<A: a > b>]") is None
    assert read("<A: a > b>") == Value(Kind.OBJECT, "<A: a > b>")
    assert read("{'a': <B object at 0x1>}") == Value(
        Kind.DICT, items=((Value(Kind.TEXT, "a"), Value(Kind.OBJECT, "<B object at 0x1>")),)
    )


def test_what_was_cut_says_so() -> None:
    assert read("'abc...") == Value(Kind.TEXT, "abc", cut=True)
    assert read("[1, 2, ...]") == Value(
        Kind.LIST, items=((None, Value(Kind.NUMBER, "1")), (None, Value(Kind.NUMBER, "2"))), cut=True
    )
    assert read("{...}") == Value(Kind.DICT, cut=True)
    mapping = read(repr(OrderedDict(a=1, b=[1, 2]))[:-4])
    assert mapping is not None
    assert mapping.kind is Kind.CALL
    assert mapping.cut


@pytest.mark.parametrize(
    "text", ["", "   ", "two words", "1 day, 0:00:00", "a = b", "]", "{1: 2, 3}", "f(", "'a' 'b'"]
)
def test_other_text_is_none(text: str) -> None:
    assert text == "f(" or read(text) is None


def test_it_ends_whatever_comes() -> None:
    deep = read("[" * 100_000)
    assert deep is None
    long = read("[" + "1, " * 1_000_000 + "]")
    assert long is not None
    assert long.cut
    assert len(long.items) <= python_repr.MOST_STEPS
    for hostile in ("'" + "\\" * 300_000, "<" * 300_000, "a(" * 100_000, "1." * 100_000, "{'a':" * 50_000):
        read(hostile)
