"""What came from outside cannot leave its marks, and hides nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assistants import outside
from tests.hostile import TEXTS, UNSHOWN

FENCE = re.compile(r"^(`{3,})\n(.*?)\n\1\n", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "text", [*TEXTS, "a" + "\ufe0f\U000e0100\U000e0141" * 3, "\U000e0041\U000e0042", "\ud800x"]
)
def test_nothing_invisible_and_nothing_that_acts_is_left(text: str) -> None:
    shown = outside.sealed(text, 200_000)
    assert not UNSHOWN.search(shown)
    assert not re.search("[\ufe00-\ufe0f\U000e0000-\U000e01ef]{2}", shown)
    shown.encode()


def test_one_variation_selector_stays() -> None:
    assert outside.sealed("❤\ufe0f", 100) == "❤\ufe0f"


def test_an_answer_is_cut_and_says_so() -> None:
    shown = outside.sealed("x" * 5_000, 2_000)
    assert len(shown) == 2_000
    assert shown.endswith("(The answer was longer, and has been cut here.)")


@given(st.lists(st.text("`~ab<>/#\n", max_size=30), max_size=6))
def test_no_line_ends_the_fence_that_it_stands_in(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in lines]
    shown = outside.lines_within(lines, 10_000)
    if not lines:
        assert shown == ""
        return
    found = FENCE.fullmatch(shown)
    assert found is not None
    assert found[2].split("\n") == lines


def test_of_one_line_that_does_not_fit_the_beginning_stays() -> None:
    shown = outside.lines_within(["x" * 5_000], 400)
    assert len(shown) <= 400
    assert "xxx…" in shown


@pytest.mark.parametrize("newest", [False, True])
def test_lines_that_do_not_fit_are_counted(newest: bool) -> None:
    lines = [f"line {number:03}" for number in range(100)]
    shown = outside.lines_within(lines, 300, newest=newest)
    assert len(shown) <= 360
    assert ("line 099" if newest else "line 000") in shown
    kept = shown.count("line 0")
    assert f"({100 - kept} lines left out" in shown
