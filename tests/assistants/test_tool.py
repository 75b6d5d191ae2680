"""What a tool is called with: its schema, and what is said of arguments that cannot be used."""

import pytest

from app.assistants import table
from app.assistants.call import Refused
from app.assistants.tool import Tool

TOOLS = table.tools(read_only=False)


@pytest.mark.parametrize("tool", TOOLS.values(), ids=TOOLS)
def test_the_schema_is_an_object_that_takes_nothing_else(tool: Tool) -> None:
    schema = tool.schema()
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == set(tool.arguments.__struct_fields__)
    assert "$ref" not in str(schema), "clients do not follow references"


def test_a_mistyped_argument_is_refused_with_what_is_meant() -> None:
    with pytest.raises(Refused, match=r"no argument “isue”. Did you mean “issue”\? It has: .*issue"):
        TOOLS["get_issue"].read({"isue": 1})


@pytest.mark.parametrize("value", [0, -1, 2**60, "x", None, [], {"a": 1}, 1.5])
def test_a_value_that_cannot_be_is_refused_by_its_name(value: object) -> None:
    with pytest.raises(Refused, match="`issue`"):
        TOOLS["get_issue"].read({"issue": value})


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(Refused, match="issue"):
        TOOLS["get_issue"].read({})


def test_numbers_may_come_as_text() -> None:
    given = TOOLS["get_issue"].read({"issue": "7", "budget": "3000"})
    assert (getattr(given, "issue", None), getattr(given, "budget", None)) == (7, 3_000)
