"""What an exception is to another: by its mechanism's source, by its holder, or as a link of a chain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import exception_tree
from app.exception_tree import Relation
from app.model import ExceptionInfo


def raised(kind: str, parent: int | None = None, **mechanism: object) -> ExceptionInfo:
    return ExceptionInfo(type=kind, parent=parent, mechanism=mechanism or None)


def described(*exceptions: ExceptionInfo) -> list[tuple[int | None, Relation]]:
    return [(branch.parent, branch.relation) for branch in exception_tree.branches(exceptions)]


def test_those_without_a_parent_are_a_chain_between_which_members_may_stand() -> None:
    assert described(raised("A"), raised("M", 3, source="exceptions[0]"), raised("B"), raised("C")) == [
        (2, Relation.CAUSE),
        (3, Relation.MEMBER),
        (3, Relation.CAUSE),
        (None, Relation.RAISED),
    ]


@pytest.mark.parametrize(
    ("mechanism", "relation"),
    [
        ({"source": "__cause__"}, Relation.CAUSE),
        ({"source": "cause"}, Relation.CAUSE),
        ({"source": "InnerException"}, Relation.CAUSE),
        ({"source": "__context__"}, Relation.CONTEXT),
        ({"source": "exceptions[0]"}, Relation.MEMBER),
        ({"source": "errors[12]"}, Relation.MEMBER),
        ({"source": "InnerExceptions[2]"}, Relation.MEMBER),
        ({"source": "suppressed[0]"}, Relation.SUPPRESSED),
        ({"type": "suppressed"}, Relation.SUPPRESSED),
        ({"type": "chained"}, Relation.CAUSE),
    ],
)
def test_the_source_says_what_it_is(mechanism: dict[str, object], relation: Relation) -> None:
    assert described(raised("One", 1, **mechanism), raised("Outer"))[0] == (1, relation)


@pytest.mark.parametrize(
    "holder",
    [
        raised("Outer", is_exception_group=True),
        *map(raised, ("ExceptionGroup", "BaseExceptionGroup", "AggregateError", "System.AggregateException")),
    ],
)
def test_the_only_one_below_a_group_is_its_member(holder: ExceptionInfo) -> None:
    assert described(raised("One", 1), holder)[0] == (1, Relation.MEMBER)


def test_several_below_one_are_its_members_unless_they_say_otherwise() -> None:
    found = described(
        raised("One", 3), raised("Two", 3), raised("Why", 3, source="__cause__"), raised("Outer")
    )
    assert [relation for _parent, relation in found] == [
        Relation.MEMBER,
        Relation.MEMBER,
        Relation.CAUSE,
        Relation.RAISED,
    ]


def test_a_chain_within_a_tree_can_name_its_parents() -> None:
    exceptions = [raised("Before"), raised("Deep"), raised("Cause", type="generic"), raised("Member")]
    exception_tree.name_causes(exceptions, 1)

    assert [one.parent for one in exceptions] == [None, 2, 3, None]
    assert exceptions[2].mechanism == {"source": "cause", "type": "generic"}


@given(st.lists(st.none() | st.integers(-3, 12), max_size=10))
def test_there_is_no_circle_whatever_the_parents(parents: list[int | None]) -> None:
    tree = exception_tree.branches([raised("E", parent) for parent in parents])
    below = exception_tree.children(tree)
    waiting, seen = [*below.get(None, ())], 0
    while waiting:
        seen += 1
        waiting += below.get(waiting.pop(), ())
    assert seen == len(parents)
