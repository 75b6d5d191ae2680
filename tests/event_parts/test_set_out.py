"""JSON over lines, as far as it is read."""

from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from app.event_parts import set_out

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('{"a":[1,{}],"b":[]}', ["{", '  "a": [', "    1,", "    {}", "  ],", '  "b": []', "}"]),
        ('{"a":1}\n{"b":2}\nplain {x}\n[]', ["{", '  "a": 1', "}", "{", '  "b": 2', "}", "plain {x}", "[]"]),
        ('{\n "a":\n 1 }', ["{", '  "a": 1', "}"]),
        ('{"a":tru, x\nnext', ["{", '  "a": tru, x', "next"]),
        ('["cut', ["[", '  "cut']),
        ("", []),
    ],
)
def test_known_texts(text: str, lines: list[str]) -> None:
    assert list(set_out.lines(text)) == lines


@given(st.lists(_JSON.filter(lambda value: isinstance(value, (dict, list))), min_size=1, max_size=3))
def test_documents_below_each_other_mean_the_same(values: list[Any]) -> None:
    text = "\n".join(json.encode(value).decode() for value in values)
    shown = "\n".join(set_out.lines(text))
    assert "".join(shown.split()) == "".join(text.split())
    assert json.decode("[" + ",".join(_documents(shown)) + "]") == values


def _documents(shown: str) -> list[str]:
    """Documents begin where a line is not indented and closes nothing."""
    found: list[str] = []
    for line in shown.split("\n"):
        if line.startswith(("{", "[")):
            found.append(line)
        else:
            found[-1] += "\n" + line
    return found


@given(st.text(alphabet='{}[]",:\\ \n1tx', max_size=200))
def test_any_text_ends_and_loses_nothing_but_blanks(text: str) -> None:
    assert "".join("".join(set_out.lines(text)).split()) == "".join(text.split())


def test_the_first_lines_of_a_large_text_are_read_alone() -> None:
    # Were it read to its end, this would not return.
    assert len(list(islice(set_out.lines("[" + "1," * 3_000_000), 5))) == 5
    assert sum(1 for _ in set_out.lines("[" * 50_000)) == 50_000
