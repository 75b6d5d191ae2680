"""Lines as a person sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printed.printed_line import LONGEST, plain


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("plain\n", "plain"),
        ("\x1b[1;31mError\x1b[0m: no\r\n", "Error: no"),
        ("\x1b[38:2::255:0:0mred\x1b[m", "red"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b(Btext\x1b[K", "text"),
        ("10%\r50%\r100%", "100%"),
        ("100%\r", "100%"),
        ("a\x00b\x08\x7f", "ab"),
        ("\ttabs\tstay", "\ttabs\tstay"),
    ],
)
def test_colours_titles_and_what_was_overwritten_go(printed: str, seen: str) -> None:
    assert plain(printed) == seen


@given(st.text(alphabet=st.sampled_from("\x1b[]0;m\x07\\\r\n(Bab "), max_size=200))
def test_no_escape_and_no_line_end_stays(printed: str) -> None:
    seen = plain(printed)
    assert not {"\x1b", "\r", "\x07"} & set(seen)
    assert plain(seen) == seen.rstrip("\n")


def test_a_giant_line_is_cut() -> None:
    assert len(plain("x" * 1_000_000)) == LONGEST
