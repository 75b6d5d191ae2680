import traceback

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model import ExceptionInfo
from app.protocols.stacktrace.languages import python
from tests.protocols import captures
from ui.detail.sections.stack.exception_chain import Link, lacks_members, mechanism_text, reading_order


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
    assert [(link.index, link.depth) for link in links] == [(3, 0), (1, 1), (2, 2), (0, 1)]
    assert [link.relation for link in links] == ["", "Member 1 of 2", "Caused by", "Member 2 of 2"]
    assert [link.rails for link in links] == [(), (True,), (True, False), (False,)]


def test_members_come_in_the_order_of_their_numbers_and_causes_behind_them() -> None:
    sources = ("__cause__", "exceptions[2]", "exceptions[10]", "exceptions[0]")
    members = [
        ExceptionInfo(type=f"E{n}", parent=4, mechanism={"source": source})
        for n, source in enumerate(sources)
    ]
    links = reading_order([*members, ExceptionInfo(type="Group")], newest_first=True)
    assert [link.index for link in links] == [4, 3, 1, 2, 0]
    assert [link.relation for link in links[1:]] == [
        "Member 1 of 3",
        "Member 2 of 3",
        "Member 3 of 3",
        "Caused by",
    ]


def test_suppressed_exceptions_are_no_causes() -> None:
    exceptions = [
        ExceptionInfo(type="Cause"),
        ExceptionInfo(type="Closing", parent=3, mechanism={"source": "suppressed[1]"}),
        ExceptionInfo(type="Flushing", parent=3, mechanism={"source": "suppressed[0]"}),
        ExceptionInfo(type="Raised"),
    ]
    links = reading_order(exceptions, newest_first=True)
    assert [(exceptions[link.index].type, link.relation) for link in links] == [
        ("Raised", ""),
        ("Flushing", "Suppressed 1 of 2"),
        ("Closing", "Suppressed 2 of 2"),
        ("Cause", "Caused by"),
    ]


def test_groups_of_one_in_groups_of_one_stay_flat() -> None:
    exceptions = [
        ExceptionInfo(type=f"E{n}", parent=n + 1 if n < 20 else None, mechanism={"source": "exceptions[0]"})
        for n in range(21)
    ]
    links = reading_order(exceptions, newest_first=False)
    assert [link.index for link in links] == list(range(20, -1, -1))
    assert {link.depth for link in links} == {0}
    assert {link.relation for link in links[1:]} == {"Only member"}


def test_real_groups_of_sentrys_python_client() -> None:
    (event,) = captures.load("sentry-python/group").read().events
    links = reading_order(event.exceptions, newest_first=True)
    assert [(event.exceptions[link.index].type, link.depth, link.relation) for link in links] == [
        ("ExceptionGroup", 0, ""),
        ("ValueError", 1, "Member 1 of 2"),
        ("RuntimeError", 1, "Member 2 of 2"),
        ("PaymentError", 2, "Caused by"),
        ("KeyError", 3, "Caused by"),
    ]


def test_a_group_printed_as_text_has_its_members_causes_below_them() -> None:
    def fail(number: int) -> Exception:
        try:
            try:
                raise KeyError(number)
            except KeyError as error:
                raise ValueError(number) from error
        except ValueError as error:
            failed = error
        return failed

    group = ExceptionGroup("all", [fail(1), ExceptionGroup("inner", [fail(2), OSError("x")])])
    try:
        raise group
    except ExceptionGroup as raised:
        exceptions = python.parse_python("".join(traceback.format_exception(raised)))
    links = reading_order(exceptions, newest_first=True)
    assert [(exceptions[link.index].type, link.depth) for link in links] == [
        ("ExceptionGroup", 0),
        ("ValueError", 1),
        ("KeyError", 2),
        ("ExceptionGroup", 1),
        ("ValueError", 2),
        ("KeyError", 3),
        ("OSError", 2),
    ]


def test_a_group_without_its_members_says_so() -> None:
    group = ExceptionInfo(type="ExceptionGroup", mechanism={"is_exception_group": True})
    assert lacks_members([group], 0)
    assert not lacks_members([ExceptionInfo(type="E", parent=1), group], 1)
    assert not lacks_members([ExceptionInfo(type="E")], 0)


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(-3, 12)), max_size=10), st.booleans())
def test_every_exception_is_listed_once_for_any_parents(
    parents: list[int | None], newest_first: bool
) -> None:
    links = reading_order(chain(*parents), newest_first=newest_first)
    assert sorted(link.index for link in links) == list(range(len(parents)))
    assert all(len(link.rails) in (0, link.depth) for link in links)


def test_the_mechanism_as_text() -> None:
    assert (
        mechanism_text(ExceptionInfo(mechanism={"handled": False, "type": "django"})) == "unhandled · django"
    )
    assert mechanism_text(ExceptionInfo(mechanism={"handled": True, "type": "generic"})) == "handled"
    assert mechanism_text(ExceptionInfo(mechanism={"handled": "yes", "type": 7})) == ""
