"""Objects in an address, as PHP and jQuery write them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import nested_query


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("", {}),
        ("a=1&b=x+y%26", {"a": "1", "b": "x y&"}),
        ("a[b][c]=1&a[d]=2", {"a": {"b": {"c": "1"}, "d": "2"}}),
        ("a%5Bb%5D=1", {"a": {"b": "1"}}),
        ("a[1]=y&a[0]=x&a[10]=z", {"a": ["x", "y", "z"]}),
        ("a[0][b]=x", {"a": [{"b": "x"}]}),
        ("a[0]=x&a[b]=y", {"a": {"0": "x", "b": "y"}}),
        ("a[=1&[b]=2&a]=3", {"a[": "1", "[b]": "2", "a]": "3"}),
        ("a=1&a[b]=2", {"a": "1", "a[b]": "2"}),
        ("a[b]=2&a=1", {"a": "1"}),
    ],
)
def test_objects(query: str, value: dict[str, Any]) -> None:
    assert nested_query.read(query) == value


@given(st.text(alphabet="ab01[]=&%5BD", max_size=60))
def test_any_text(query: str) -> None:
    assert isinstance(nested_query.read(query), dict)


def test_more_parameters_than_anybody_means() -> None:
    query = "&".join(f"a{n}=" for n in range(3000))

    assert nested_query.read(query) == {"query": query}


def test_the_address_of_a_report() -> None:
    assert nested_query.of_head(b"GET /js?a[b]=1 HTTP/1.1\r\nHost: x") == {"a": {"b": "1"}}
