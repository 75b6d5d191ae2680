"""Snappy's blocks: literals, copies, copies of themselves, and what is damaged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols import snappy


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (b"\x00", b""),
        (b"\x03\x08abc", b"abc"),
        (b"\x46\xf0\x45" + b"x" * 70, b"x" * 70),
        (b"\x46\xf4\x45\x00" + b"x" * 70, b"x" * 70),
        (b"\x07\x08abc\x01\x03", b"abcabca"),
        (b"\x0a\x00a\x22\x01\x00", b"a" * 10),
        (b"\x06\x08abc\x0b\x03\x00\x00\x00", b"abcabc"),
    ],
)
def test_blocks(block: bytes, text: bytes) -> None:
    assert snappy.decode(block, limit=100) == text


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (b"", "does not begin with a length"),
        (b"\xff\xff\xff\xff\xff", "does not begin with a length"),
        (b"\x65\x00a", "101 bytes, and 100 are allowed"),
        (b"\x03\x08ab", "ends within a literal"),
        (b"\x03\x00a", "ends after 1 of 3"),
        (b"\x01\x08abc", "longer than the 1 bytes"),
        (b"\x07\x08abc\x01\x04", "before the beginning"),
        (b"\x07\x08abc\x01", "before the beginning"),
    ],
)
def test_what_is_no_block(block: bytes, reason: str) -> None:
    with pytest.raises(snappy.NotSnappy, match=reason):
        snappy.decode(block, limit=100)


@given(st.binary(max_size=60))
def test_any_bytes(block: bytes) -> None:
    try:
        found = snappy.decode(block, limit=1000)
    except snappy.NotSnappy:
        return
    assert len(found) <= 1000
