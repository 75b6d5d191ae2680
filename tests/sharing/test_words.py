"""The parts of an event in words."""

from app.model import ExceptionInfo
from app.sharing import words
from tests.factories import make_event
from tests.ui.detail.samples import make_detail


def test_what_was_raised_comes_first_and_each_once() -> None:
    exceptions = tuple(ExceptionInfo(type=name) for name in "abc")
    assert [raised.exception.type for raised in words.raised_first(make_event(exceptions=exceptions))] == [
        "c",
        "b",
        "a",
    ]


def test_a_group_is_read_in_the_order_of_its_members() -> None:
    def member(number: int, parent: int) -> ExceptionInfo:
        return ExceptionInfo(type=f"m{number}", parent=parent, mechanism={"source": f"exceptions[{number}]"})

    exceptions = (member(1, 2), member(0, 2), ExceptionInfo(type="group"))
    order = words.raised_first(make_event(exceptions=exceptions))
    assert [(raised.exception.type, raised.relation) for raised in order] == [
        ("group", ""),
        ("m0", "In the group"),
        ("m1", "In the group"),
    ]


def test_plurals_in_facts() -> None:
    detail = make_detail()
    (often,) = [value for name, value in words.facts(detail.event, detail.issue) if name == "How often"]
    assert ("times" in often) == (detail.issue.count != 1)


def test_values_are_cut_with_a_mark() -> None:
    assert words.value_line({"a": [1, None]}, 50) == '{"a":[1,null]}'
    assert words.value_line("x" * 9, 5) == "xxxx…"
    assert words.block("x" * 9, 5) == "xxxxx\n… 4 more characters"
