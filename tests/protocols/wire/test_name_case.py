"""Names in another case than that of the schema."""

from typing import Any

import pytest
from msgspec import Struct

from app.protocols.wire.name_case import renamed


class Leaf(Struct, rename="camel"):
    line_number: int | None = None
    custom: dict[str, Any] | None = None


class Tree(Struct, rename="camel"):
    first_leaf: Leaf | str | None = None
    all_leaves: list[Leaf] | None = None
    anything: Any = None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"FirstLeaf": {"LineNumber": 1}}, {"firstLeaf": {"lineNumber": 1}}),
        ({"ALLLEAVES": [{"lINEnUMBER": 1}, 7]}, {"allLeaves": [{"lineNumber": 1}, 7]}),
        ({"firstLeaf": "text"}, {"firstLeaf": "text"}),
        ({"Anything": {"LineNumber": 1}}, {"anything": {"LineNumber": 1}}),
        ({"FirstLeaf": {"Custom": {"LineNumber": 1}}}, {"firstLeaf": {"custom": {"LineNumber": 1}}}),
        ({"Unknown": {"LineNumber": 1}}, {"Unknown": {"LineNumber": 1}}),
        ({"FirstLeaf": "a", "firstLeaf": "b"}, {"FirstLeaf": "a", "firstLeaf": "b"}),
        ({"FirstLeaf": "a", "FIRSTLEAF": "b"}, {"firstLeaf": "a", "FIRSTLEAF": "b"}),
        ([1], [1]),
        (None, None),
    ],
)
def test_names(value: Any, expected: Any) -> None:
    assert renamed(value, Tree) == expected
