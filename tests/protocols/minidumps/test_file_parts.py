"""Pieces of a file, wherever they are said to be."""

import struct

import pytest

from app.protocols.minidumps.file_parts import LONGEST_TEXT, FileParts

PARTS = FileParts(b"\x05\0\0\0hello\x04\0\0\0h\0i\0")


@pytest.mark.parametrize("at", [-1, 100, 2**40])
def test_outside_there_is_nothing(at: int) -> None:
    assert PARTS.take(at, 4) == b""
    assert PARTS.unpack(struct.Struct("<I"), at) is None
    assert PARTS.number(at) == 0
    assert PARTS.narrow_text(at) == PARTS.wide_text(at) == ""


def test_texts_have_their_length_before_them() -> None:
    assert PARTS.wide_text(9) == "hi"
    assert FileParts(b"\0" + b"\x05\0\0\0hello").narrow_text(1) == "hello"


def test_a_text_is_no_longer_than_the_bound() -> None:
    content = b"\0" + struct.pack("<I", 0xFFFFFFFF) + b"x" * 5_000
    assert len(FileParts(content).narrow_text(1)) == LONGEST_TEXT
