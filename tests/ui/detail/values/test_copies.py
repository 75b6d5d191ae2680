from typing import Any

import pytest
from msgspec import json
from msgspec.structs import replace

from ui.detail.values import copies, reading
from ui.detail.values.dialect import JSON, PYTHON, Strings

REPR = replace(PYTHON, strings=Strings.REPR)


def test_paths_as_languages_write_them() -> None:
    assert copies.path_text("", ("cart", "items", 2, "price")) == "cart.items[2].price"
    assert copies.path_text("extra", ("a b", "c")) == "extra['a b'].c"
    assert copies.path_text("", ("tags", None)) == "tags[…]"


def test_a_strings_content_is_its_value() -> None:
    assert copies.value_text("'a\\nb'", REPR) == "a\nb"
    assert copies.value_text("<Foo>", REPR) == "<Foo>"
    assert copies.value_text("'cut...", REPR) == "'cut..."
    assert copies.value_text("a", JSON) == "a"
    assert copies.value_text({"a": 1}, JSON) == '{\n  "a": 1\n}'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": "1", "b": "'x'", "c": "None"}, {"a": 1, "b": "x", "c": None}),
        ("{'a': (1, 2.5), 3: {4}}", {"a": [1, 2.5], "3": [4]}),
        ("Item(a=1)", "Item(a=1)"),
        ("inf", "inf"),
        ("[True, ...]", [True]),
        (["'x'"], ["x"]),
    ],
)
def test_a_tree_as_json(value: Any, expected: Any) -> None:
    text = copies.json_text(value, REPR)
    assert text == expected if isinstance(expected, str) else json.decode(text) == expected


def test_a_tree_as_python() -> None:
    assert (
        copies.python_text({"a": "1", "b": ["'x'", "Item(c=2)"]}, REPR) == "{'a': 1, 'b': ['x', Item(c=2)]}"
    )
    assert copies.python_text({"a": [None, "x", 1.5]}, PYTHON) == "{'a': [None, 'x', 1.5]}"
    (child,) = reading.children(reading.understood("{'k': {'a': 1}}", REPR), REPR)
    assert copies.python_text(child.value, REPR) == "{'a': 1}"
