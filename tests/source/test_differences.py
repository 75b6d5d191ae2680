from hypothesis import given
from hypothesis import strategies as st

from app.source.differences import DiffLine, Kind, between, differs, of_excerpt

FILE = [f"line {n}" for n in range(1, 41)]


def test_the_parts_that_differ_come_with_what_is_around_them() -> None:
    now = [*FILE[:9], "another", *FILE[10:]]
    found = between(FILE, now)
    assert found[0] == DiffLine(Kind.PLACE, "line 7")
    assert DiffLine(Kind.BEFORE, "line 10", 10, None) in found
    assert DiffLine(Kind.NOW, "another", None, 10) in found
    assert sum(line.kind is Kind.SAME for line in found) == 6
    assert between(FILE, FILE) == ()


def test_an_excerpt_is_compared_where_it_is_by_now() -> None:
    sent = [(n, f"line {n}") for n in range(10, 21)]
    moved = ["new", "new", *FILE[:14], "another", *FILE[15:]]
    found = of_excerpt(sent, moved)
    assert [(line.kind, line.text) for line in found if line.kind in (Kind.BEFORE, Kind.NOW)] == [
        (Kind.BEFORE, "line 15"),
        (Kind.NOW, "another"),
    ]
    assert next(line for line in found if line.kind is Kind.NOW).now == 17


def test_which_lines_of_those_that_were_sent_are_others() -> None:
    sent = [(1, "line 1\n"), (2, "  line 2"), (3, "changed"), (99, "gone")]
    assert differs(sent, FILE) == {3, 99}
    long = "x = " + "tea " * 100
    assert differs([(1, long[:140] + "...")], [long]) == frozenset()


@given(
    st.lists(st.tuples(st.integers(-3, 60), st.text(max_size=8)), max_size=9), st.lists(st.text(max_size=8))
)
def test_whatever_was_sent_it_is_compared(sent: list[tuple[int, str]], lines: list[str]) -> None:
    of_excerpt(sent, lines)
    assert differs(sent, lines) <= {number for number, _ in sent}


def test_files_that_are_very_large_are_not_compared() -> None:
    (line,) = between(["x"] * 7_000, ["y"])
    assert line.kind is Kind.PLACE
