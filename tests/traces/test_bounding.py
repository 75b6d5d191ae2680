"""What a client says, cut to a size."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.traces import bounding
from tests.protocols import hostile


def test_a_long_text_keeps_its_beginning() -> None:
    assert bounding.text("a" * 5_000) == "a" * bounding.LONGEST_TEXT + "…"
    assert bounding.name("b" * 600) == "b" * bounding.LONGEST_NAME + "…"


def test_of_what_is_wide_or_deep_the_beginning_stays() -> None:
    wide = bounding.values({f"n{n}": [*range(500)] for n in range(500)})
    assert len(wide) == bounding.MOST_VALUES
    assert len(wide["n0"]) == bounding.MOST_VALUES
    assert "…" in str(bounding.values({"a": hostile.nested(20)}))


def test_a_number_beyond_64_bits_becomes_text() -> None:
    assert bounding.values({"huge": hostile.HUGE, "small": 7}) == {
        "huge": bounding.text(hex(hostile.HUGE)),
        "small": 7,
    }


def test_what_says_nothing_is_left_out() -> None:
    assert bounding.values({"a": None, "b": {}, "c": [], "d": "", "e": 0}) == {"d": "", "e": 0}


@given(st.dictionaries(st.text(), hostile.JSON))
def test_whatever_is_bounded_can_be_packed(values: dict[str, object]) -> None:
    assert msgspec.msgpack.encode(bounding.values(values))
