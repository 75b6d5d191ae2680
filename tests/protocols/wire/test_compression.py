import gzip

import pytest

from app.protocols.wire import compression
from app.protocols.wire.compression import decode_layer
from app.protocols.wire.encoding_errors import BrokenEncoding, TooLarge
from tests.protocols.wire.codecs import CODECS, LIES, TEXT, Compress, zstd


@pytest.mark.parametrize(("header", "compress"), CODECS + LIES)
def test_the_magic_bytes_decide_whatever_the_header_says(header: str, compress: Compress) -> None:
    assert decode_layer(compress(TEXT), header, limit=len(TEXT)) == TEXT


def test_several_members_of_gzip_are_one_body() -> None:
    assert decode_layer(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", limit=100) == b"one two"


def test_text_that_only_looks_like_base64_stays_text() -> None:
    assert decode_layer(b"eJ is not base64!", "", limit=100) == b"eJ is not base64!"
    assert decode_layer(b"eJxzzz=account&x=1", "", limit=100) == b"eJxzzz=account&x=1"


@pytest.mark.parametrize(("header", "compress"), CODECS + LIES)
def test_the_beginning_the_end_and_the_size_of_a_layer(header: str, compress: Compress) -> None:
    body = compress(TEXT)

    assert compression.beginning_of_layer(body, header, size=40) == TEXT[:40]
    assert compression.ending_of_layer(body, header, size=40, most=len(TEXT)) == TEXT[-40:]
    assert compression.count_layer(body, header, len(TEXT)) == len(TEXT)
    with pytest.raises(TooLarge):
        compression.count_layer(body, header, len(TEXT) - 1)


def test_only_the_outermost_layer_is_decoded() -> None:
    inner = gzip.compress(TEXT)

    assert decode_layer(zstd(inner), "gzip, zstd", limit=len(TEXT)) == inner


@pytest.mark.parametrize(("header", "compress"), CODECS)
def test_a_stream_cut_short_is_broken_but_for_its_beginning(header: str, compress: Compress) -> None:
    text = b"".join(b"line %d of a log that does not repeat itself\n" % n for n in range(20_000))
    cut = compress(text)[:-20]

    with pytest.raises(BrokenEncoding) as caught:
        decode_layer(cut, header, limit=len(text))
    assert text.startswith(caught.value.decoded)
    with pytest.raises(BrokenEncoding):
        compression.count_layer(cut, header, len(text))
    assert compression.beginning_of_layer(cut, header, size=100) == text[:100]
    assert compression.ending_of_layer(cut, header, size=100, most=len(text)) == b""
