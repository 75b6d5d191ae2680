from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import ExceptionInfo
from ui.detail.sections.exception_chain import Link, mechanism_text, reading_order


def chain(*parents: int | None, **mechanism: object) -> list[ExceptionInfo]:
    return [
        ExceptionInfo(type=f"E{n}", parent=parent, mechanism=mechanism or None)
        for n, parent in enumerate(parents)
    ]


def test_a_chain_with_parents_reads_like_one_without() -> None:
    assert reading_order(chain(1, 2, None), newest_first=True) == reading_order(
        chain(None, None, None), newest_first=True
    )


def test_context_and_cause_differ() -> None:
    links = reading_order(chain(1, None, source="__context__"), newest_first=True)
    assert links == [Link(1), Link(0, relation="While handling")]


def test_a_group_is_a_tree() -> None:
    links = reading_order(chain(3, 3, 1, None), newest_first=True)
    assert [(link.index, link.depth) for link in links] == [(3, 0), (1, 1), (2, 1), (0, 1)]
    assert links[1].relation == "In the group, 1 of 2"
    assert links[2].relation == "Caused by"


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-3, 12)), max_size=10), st.booleans())
def test_every_exception_is_listed_once_for_any_parents(
    parents: list[int | None], newest_first: bool
) -> None:
    links = reading_order(chain(*parents), newest_first=newest_first)
    assert sorted(link.index for link in links) == list(range(len(parents)))


def test_the_mechanism_as_text() -> None:
    assert (
        mechanism_text(ExceptionInfo(mechanism={"handled": False, "type": "django"})) == "unhandled · django"
    )
    assert mechanism_text(ExceptionInfo(mechanism={"handled": True, "type": "generic"})) == "handled"
    assert mechanism_text(ExceptionInfo(mechanism={"handled": "yes", "type": 7})) == ""
