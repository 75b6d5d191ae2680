"""The decoders one by one. Whole bodies, bombs and lies are tested in `test_encoding`."""

import gzip
import zlib
from io import BytesIO

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from app.protocols.wire import decoders

TEXT = b'{"message": "no card"}' * 20_000
RAW = zlib.compressobj(wbits=-15)
STREAMS = {
    "gzip": gzip.compress(TEXT, mtime=0),
    "zlib": zlib.compress(TEXT),
    "deflate": RAW.compress(TEXT) + RAW.flush(),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
}


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_comes_out_whole_in_bounded_steps(name: str) -> None:
    pieces = [*decoders.STEPS[name](STREAMS[name])]

    assert b"".join(pieces) == TEXT
    assert max(map(len, pieces)) <= 2 << 20


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_that_ends_too_early_is_damaged(name: str) -> None:
    with pytest.raises(decoders.DamagedError):
        list(decoders.STEPS[name](STREAMS[name][:-4]))


@pytest.mark.parametrize("name", STREAMS)
def test_the_first_bytes_are_had_without_the_rest(name: str) -> None:
    seen, is_all = decoders.PEEKERS[name](STREAMS[name], 100)

    assert TEXT.startswith(seen)
    assert 0 < len(seen) <= 100
    assert not is_all


def _named(data: bytes) -> bytes:
    """gzip with a file's name, a comment and an extra field in its header."""
    bare = gzip.compress(data, mtime=0)
    return bare[:3] + bytes([4 | 8 | 16]) + bare[4:10] + b"\x02\x00xy" + b"a.json\0" + b"said\0" + bare[10:]


@pytest.mark.parametrize(
    ("name", "stream"),
    [
        ("gzip", gzip.compress(TEXT)[:-8] + b"\0" * 8),
        ("gzip", _named(TEXT)[:-8] + b"\0" * 8),
        ("zlib", zlib.compress(TEXT)[:-4] + b"\0" * 4),
    ],
)
def test_a_wrong_checksum_costs_nothing_of_what_it_belongs_to(name: str, stream: bytes) -> None:
    with pytest.raises(decoders.DamagedError):
        list(decoders.STEPS[name](stream))

    assert decoders.before_damage(name, stream, BytesIO(), len(TEXT)) == TEXT
    assert decoders.before_damage(name, stream, BytesIO(), 100) == TEXT[:100]


@pytest.mark.parametrize("cut", range(24))
def test_a_header_that_is_cut_has_nothing_behind_it(cut: int) -> None:
    assert decoders.before_damage("gzip", _named(TEXT)[:cut], BytesIO(), 100) == b""


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (STREAMS["deflate"], "deflate"),
        (STREAMS["br"], "br"),
        (STREAMS["zstd"], None),
        (b"", None),
        (bytes(range(256)), None),
        (b"no card \xff", None),
    ],
)
def test_encodings_without_a_mark_are_guessed_by_the_json_in_them(start: bytes, name: str | None) -> None:
    assert decoders.guess(start[:512]) == name
