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


def test_members_of_a_group_in_a_group_say_where_they_are_and_causes_follow_what_they_caused() -> None:
    def raised(kind: str, parent: int | None, source: str | None) -> ExceptionInfo:
        return ExceptionInfo(type=kind, parent=parent, mechanism={"source": source} if source else None)

    exceptions = (
        raised("second", 5, "exceptions[1]"),
        raised("deep", 2, "exceptions[0]"),
        raised("inner", 5, "exceptions[0]"),
        raised("why", 1, "__context__"),
        raised("before", 5, "__cause__"),
        raised("group", None, None),
    )
    order = words.raised_first(make_event(exceptions=exceptions))
    assert [(raised.exception.type, raised.relation) for raised in order] == [
        ("group", ""),
        ("before", "Caused by"),
        ("inner", "In the group, 1"),
        ("deep", "In the group, 1.1"),
        ("why", "While handling"),
        ("second", "In the group, 2"),
    ]


def test_plurals_in_facts() -> None:
    detail = make_detail()
    (often,) = [value for name, value in words.facts(detail.event, detail.issue) if name == "How often"]
    assert ("times" in often) == (detail.issue.count != 1)


def test_values_are_cut_with_a_mark() -> None:
    assert words.value_line({"a": [1, None]}, 50) == '{"a":[1,null]}'
    assert words.value_line("x" * 9, 5) == "xxxx…"
    assert words.block("x" * 9, 5) == "xxxxx\n… 4 more characters"
