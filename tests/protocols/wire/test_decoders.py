"""The decoders one by one. Whole bodies, bombs and lies are tested in `test_encoding`."""

import gzip
import zlib

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
