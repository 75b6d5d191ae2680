import pytest

from app.protocols.stacktrace import parse
from tests.protocols.stacktrace.reading import calls, said, sample


@pytest.mark.parametrize(
    ("name", "before"), [("cause_uncaught", ""), ("cause_logged", "could not check out:")]
)
def test_causes_stand_in_braces(name: str, before: str) -> None:
    parsed = sample(f"javascript/node_{name}")

    assert parsed.before == before
    assert said(parsed) == [
        ("SyntaxError", "Expected property name or '}' in JSON at position 1"),
        ("ShopError", "order 7\nwas not paid"),
        ("Error", "checkout failed"),
    ]
    cause, middle, raised = parsed.exceptions
    assert [frame.function for frame in cause.frames] == ["Cart.checkout", "pay", "load", "JSON.parse"]
    assert [frame.line for frame in middle.frames] == [14, 9]
    assert [frame.line for frame in raised.frames] == [14]
    assert [one.parent for one in parsed.exceptions] == [None, None, None]


def test_members_of_an_aggregate_error_come_before_it() -> None:
    parsed = sample("javascript/node_group")

    assert said(parsed) == [
        ("Error", "no row"),
        ("RangeError", "stock is empty"),
        ("TypeError", "card declined"),
        ("AggregateError", "All promises were rejected"),
    ]
    assert [raised.parent for raised in parsed.exceptions] == [1, 3, 3, None]
    assert calls(parsed.exceptions[2]) == [
        "main /srv/shop/group.js:3:25",
        "[Promise.any <anonymous>]",
        "one /srv/shop/group.js:1:42",
    ]
    assert parsed.exceptions[3].frames == ()


@pytest.mark.parametrize("name", ["group2", "coloured"])
def test_calls_left_out_because_the_cause_has_them_are_put_back(name: str) -> None:
    parsed = sample(f"javascript/node_{name}")

    cause, raised = parsed.exceptions[0], parsed.exceptions[-1]
    assert len(raised.frames) == 7
    assert calls(raised)[:-1] == calls(cause)[:6]


def test_causes_written_as_caused_by() -> None:
    parsed = parse(
        "Error: outer\n    at a (/srv/a.js:1:2)\n"
        "caused by: TypeError: middle\nof it\n    at b (/srv/b.js:1:2)\n"
        "Caused by: RangeError: inner\n    at c (/srv/c.js:1:2)\nafter it\n"
    )

    assert said(parsed) == [("RangeError", "inner"), ("TypeError", "middle\nof it"), ("Error", "outer")]


@pytest.mark.parametrize(
    "cause", ["'a string'", "{ code: 1 }", "[Circular *1]", "undefined", "[Object: null prototype] {"]
)
def test_a_cause_that_is_no_error_is_left_out(cause: str) -> None:
    parsed = parse(f"Error: outer\n    at a (/srv/a.js:1:2) {{\n  [cause]: {cause}\n}}\n")

    assert said(parsed)[-1] == ("Error", "outer")
    assert all(raised.frames or raised.type for raised in parsed.exceptions)


def test_an_error_without_a_stack_stands_in_brackets() -> None:
    parsed = parse(
        "Error: outer\n    at a (/srv/a.js:1:2) {\n  [cause]: [TypeError: inner] {\n    code: 7\n  },\n"
        "  [errors]: [\n    [RangeError: member],\n  ]\n}\nnot of it\n"
    )

    assert said(parsed) == [("TypeError", "inner"), ("RangeError", "member"), ("Error", "outer")]
    assert parsed.exceptions[1].parent == 2


def test_unknown_lines_end_neither_an_error_nor_one_inside_of_it() -> None:
    parsed = parse(
        "Error: outer\n    at a (/srv/a.js:1:2)\n?? odd ??\n    at b (/srv/a.js:2:2) {\n"
        "  [cause]: TypeError: inner\n      at c (/srv/c.js:1:2)\n?? odd ??\n      at d (/srv/c.js:2:2) {\n"
        "    code: 1\n  },\n?? odd ??\n  [errors]: [\n    RangeError: member\n        at e (/srv/e.js:1:2)\n"
        "    ?? odd ??\n        at f (/srv/e.js:2:2)\n  ]\n}\nNode.js v20.20.2\n"
    )

    assert said(parsed) == [("TypeError", "inner"), ("RangeError", "member"), ("Error", "outer")]
    assert [[frame.function for frame in raised.frames] for raised in parsed.exceptions] == [
        ["d", "c"],
        ["f", "e"],
        ["b", "a"],
    ]
    assert parsed.unread == 4


def test_a_property_is_no_unknown_line() -> None:
    parsed = parse("Error: outer\n    at a (/srv/a.js:1:2) {\n  code: 'E_PAY',\n  at: { x: 1 }\n}\n")

    assert (said(parsed), parsed.unread) == ([("Error", "outer")], 0)
