"""The page of the language has every key, and its examples are searches."""

import re
from pathlib import Path

from app.query import parser
from app.query.fields import ALIASES, FIELDS, LEVELS, OTHER_VALUES, STATES

PAGE = (Path(__file__).parents[2] / "docs" / "search.md").read_text("utf-8")
ROW = re.compile(r"^\| `(.+?)` \| ", re.MULTILINE)


def test_every_key_and_value_is_documented() -> None:
    quoted = set(re.findall(r"`([^`]+)`", PAGE))
    keys = {*FIELDS, *ALIASES} - {"tag"}
    assert {f"{key}:" for key in keys} | {"tag.NAME:"} <= quoted
    assert {*STATES, *LEVELS, *OTHER_VALUES} <= quoted


def test_every_example_is_a_search() -> None:
    examples = ROW.findall(PAGE.partition("## Keys")[0])
    assert len(examples) > 10
    assert {example: parser.parse(example).problems for example in examples} == dict.fromkeys(examples, ())
