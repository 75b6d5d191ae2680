"""Values with wildcards."""

import pytest

from app.store import wildcards


@pytest.mark.parametrize(
    ("pieces", "text", "expected"),
    [
        (("", "Error"), "ValueError", True),
        (("", "Error"), "ErrorHandler", False),
        (("", "Error"), "first\nKeyError", True),
        (("Key", ""), "KeyError", True),
        (("Key", ""), "MonKey", False),
        (("", "ledger", ""), "shop/ledger.py:19", True),
        (("shop", "py"), "shop/ledger.py:19", True),
        (("shop", "py"), "shop\nledger.py", False),
        (("a", "b", "c"), "a.c b c", True),
        (("a",), "ab a", True),
        (("a",), "ab", False),
        (("",), "", True),
    ],
)
def test_a_line_has_a_value(pieces: tuple[str, ...], text: str, expected: bool) -> None:
    assert wildcards.has(text, wildcards.pattern(pieces)) is expected


def test_a_value_may_be_a_whole_line() -> None:
    whole = wildcards.pattern(("key", "x"), is_at_start=True, is_at_end=True)
    assert wildcards.has("a\nKEY 1x", whole)
    assert not wildcards.has("a key 1x", whole)
    assert not wildcards.has("key 1x 2", whole)


def test_many_wildcards_take_no_longer() -> None:
    wanted = wildcards.pattern(("", *["a"] * 30, "b", ""))
    assert not wildcards.has("a" * 4_000, wanted)
