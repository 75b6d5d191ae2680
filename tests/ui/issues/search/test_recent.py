"""The recent searches: each once, the last one first."""

from ui.issues.search import recent


def test_a_search_comes_first_and_is_there_once() -> None:
    assert recent.with_search(("b", "a"), " a ") == ("a", "b")
    assert recent.with_search(("a",), "  ") == ("a",)
    assert recent.with_search((), "x" * (recent.LONGEST + 1)) == ()


def test_there_are_so_many() -> None:
    found: tuple[str, ...] = ()
    for number in range(recent.MOST + 5):
        found = recent.with_search(found, str(number))
    assert len(found) == recent.MOST
    assert found[0] == str(recent.MOST + 4)


def test_one_is_removed() -> None:
    assert recent.without_search(("b", "a"), "b") == ("a",)
