import gzip

import pytest

from app.protocols.wire import encoding


def test_a_broken_stream_has_what_came_before_the_damage() -> None:
    text = b"".join(b"line %d\n" % (n * 7919 % 10_007) for n in range(50_000))
    whole = bytearray(gzip.compress(text))
    middle = len(whole) // 2
    whole[middle : middle + 40] = b"\xff" * 40

    with pytest.raises(encoding.BrokenEncoding) as caught:
        encoding.decode(bytes(whole), "gzip", limit=1 << 22)

    assert len(caught.value.decoded) > 10_000
    assert text.startswith(caught.value.decoded[:10_000])
    assert caught.value.name == "gzip"
    assert f"after {len(caught.value.decoded)} decoded bytes" in str(caught.value)


def test_an_unknown_encoding_is_named() -> None:
    with pytest.raises(encoding.UnknownEncoding, match="snappy"):
        encoding.decode(b"\x00\x01\x02", "snappy", limit=10)


def test_every_error_names_its_cause_to_the_sender() -> None:
    with pytest.raises(encoding.EncodingError, match="larger than 10 bytes") as caught:
        encoding.decode(gzip.compress(bytes(100)), "gzip", limit=10)

    assert isinstance(caught.value, encoding.TooLarge)
    assert caught.value.limit == 10
