"""Files that were packed before they were sent."""

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import packed_file

PACKERS = [gzip.compress, bz2.compress, lzma.compress, zstandard.compress]
CONTENT = bytes(range(256)) * 40


@pytest.mark.parametrize("pack", PACKERS)
def test_each_is_unpacked(pack: Callable[[bytes], bytes]) -> None:
    assert packed_file.unpack(pack(CONTENT), 1 << 20) == (CONTENT, None)


@pytest.mark.parametrize("pack", PACKERS)
def test_a_bomb_is_read_up_to_the_limit(pack: Callable[[bytes], bytes]) -> None:
    content, problem = packed_file.unpack(pack(bytes(30_000_000)), 1 << 16)
    assert len(content) <= 1 << 16
    assert problem


@pytest.mark.parametrize("pack", PACKERS)
def test_what_is_cut_says_so(pack: Callable[[bytes], bytes]) -> None:
    packed = pack(CONTENT)
    content, problem = packed_file.unpack(packed[: len(packed) - 6], 1 << 20)
    assert CONTENT.startswith(content)
    assert problem


def test_what_is_not_packed_is_left_alone() -> None:
    assert packed_file.unpack(b"MDMP", 100) == (b"", None)


@given(st.sampled_from([b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh9", b"\xfd7zXZ\0"]), st.binary(max_size=60))
def test_nothing_raises(sign: bytes, noise: bytes) -> None:
    packed_file.unpack(sign + noise, 1_000)
