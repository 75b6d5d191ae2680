"""Where a line of one text stands in another."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.git import repository, texts
from app.git.command import GitError
from tests.git.a_repository import CART, ARepository

LINES = st.lists(st.sampled_from(["a", "b", "c", "}", ""]), max_size=12)


@given(LINES, LINES)
def test_a_counterpart_is_the_same_line_and_the_order_holds(mine: list[str], theirs: list[str]) -> None:
    found = [texts.counterpart(mine, line, theirs) for line in range(1, len(mine) + 1)]
    known = [(line, there) for line, there in enumerate(found, 1) if there is not None]
    assert all(mine[line - 1] == theirs[there - 1] for line, there in known)
    places = [there for _line, there in known]
    assert places == sorted(set(places))


@given(LINES)
def test_every_line_is_found_in_the_same_text(lines: list[str]) -> None:
    assert all(texts.counterpart(lines, line, lines) == line for line in range(1, len(lines) + 1))


def test_a_moved_line_is_found_by_its_neighbours() -> None:
    around = [(4, CART[3]), (5, CART[4]), (6, CART[5])]
    assert texts.find(CART, 5, around) == 5
    assert texts.find(("x", "y", *CART), 5, around) == 7
    assert texts.find(CART[:4] + CART[5:], 5, around) is None
    # The same line twice: the one with its neighbours.
    assert texts.find((CART[4], "x", *CART), 5, around) == 7


@pytest.mark.parametrize("text", ["", "}"])
def test_a_line_that_is_everywhere_says_nothing_alone(text: str) -> None:
    assert texts.find(["x", text, "y"], 40, [(39, "a"), (40, text), (41, "b")]) is None
    assert texts.find(["a", text, "b"], 40, [(39, "a"), (40, text), (41, "b")]) == 2


def test_line_ends_make_no_difference(shop: ARepository) -> None:
    (shop.root / "a").write_bytes(b"one\r\ntwo\r\n\xff")
    shop.commit("One")
    where = repository.find(shop.root)
    assert (
        texts.committed(where, "HEAD", "a") == texts.read(shop.root / "a").lines == ("one", "two", "\ufffd")
    )
    assert texts.committed(where, "HEAD", "b") is None


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="cannot be read"):
        texts.read(tmp_path / "none")
    (tmp_path / "large").write_bytes(b"x" * (texts.LARGEST_FILE + 1))
    with pytest.raises(GitError, match="larger than 4 MB"):
        texts.read(tmp_path / "large")
