import gzip
import tracemalloc

import brotli  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocols.wire import encoding
from tests.protocols.wire.codecs import CODECS, LIES, TEXT, Compress, br, deflate, raw_deflate, zstd

# What one step may take beside the whole: the most is a block of zstd, repeated.
STEP = 5 << 20


@pytest.mark.parametrize(("header", "compress"), CODECS + LIES)
def test_peek_gives_the_beginning(header: str, compress: Compress) -> None:
    start, complete = encoding.peek(compress(TEXT), header, size=40)

    assert 0 < len(start) <= 40
    assert TEXT.startswith(start)
    assert not complete


@pytest.mark.parametrize(("header", "compress"), [case for case in CODECS if case[1] is not zstd])
def test_peek_knows_that_it_has_seen_everything(header: str, compress: Compress) -> None:
    assert encoding.peek(compress(b"{}"), header, size=100) == (b"{}", True)


def test_peek_sees_at_least_as_much_as_that_many_compressed_bytes_hold() -> None:
    body = brotli.compress(bytes(range(256)) * 40)

    start, _complete = encoding.peek(body, "br", size=200)

    assert len(start) == 200


@pytest.mark.parametrize(("header", "compress"), CODECS)
@pytest.mark.parametrize("limit", [1, 1000, len(TEXT) - 1])
def test_the_limit_is_absolute(header: str, compress: Compress, limit: int) -> None:
    with pytest.raises(encoding.TooLarge) as caught:
        encoding.decode(compress(TEXT), header, limit=limit)

    assert caught.value.limit == limit


@pytest.mark.parametrize(("header", "compress"), CODECS)
def test_a_bomb_meets_the_limit_before_the_memory(header: str, compress: Compress) -> None:
    bomb = compress(bytes(48 << 20))
    limit = 2 << 20

    tracemalloc.start()
    with pytest.raises(encoding.TooLarge):
        encoding.decode(bomb, header, limit=limit)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < limit + STEP


@pytest.mark.parametrize(("header", "compress"), CODECS)
def test_counting_holds_nothing(header: str, compress: Compress) -> None:
    text = b"[" + b"0123456789" * (3 << 20)
    body = compress(text)
    tracemalloc.start()
    assert encoding.check_size(body, header, len(text)) == len(text)
    with pytest.raises(encoding.TooLarge):
        encoding.check_size(body, header, len(text) - 1)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < STEP


@pytest.mark.parametrize(("header", "compress"), CODECS)
def test_what_is_decoded_is_held_once(header: str, compress: Compress) -> None:
    text = b"[" + b"0123456789" * (1 << 20)
    body = compress(text)
    tracemalloc.start()
    assert len(encoding.decode(body, header, limit=1 << 25)) == len(text)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < len(text) * 5 // 4 + STEP


@pytest.mark.parametrize(("header", "compress"), CODECS)
def test_the_beginning_of_a_bomb_and_of_a_damaged_stream(header: str, compress: Compress) -> None:
    text = b"".join(b"line %d of a log that does not repeat itself\n" % n for n in range(20_000))
    body = compress(text)

    assert encoding.beginning(body, header, size=500) == text[:500]
    assert encoding.beginning(body, header, size=1 << 25) == text
    assert encoding.ending(body, header, size=500, most=len(text)) == text[-500:]
    assert encoding.ending(body, header, size=500, most=len(text) - 1) == b""
    cut = encoding.beginning(body[: len(body) // 2], header, size=1 << 25)
    assert len(cut) > 10_000
    assert text.startswith(cut)


@pytest.mark.parametrize(("header", "compress"), CODECS)
def test_a_stream_cut_short_carries_what_it_held(header: str, compress: Compress) -> None:
    text = b"".join(b"line %d of a log that does not repeat itself\n" % n for n in range(20_000))
    whole = compress(text)

    with pytest.raises(encoding.BrokenEncoding) as caught:
        encoding.decode(whole[: len(whole) * 3 // 4], header, limit=1 << 22)

    assert len(caught.value.decoded) > 10_000
    assert text.startswith(caught.value.decoded)


HEADERS = st.sampled_from(["", "gzip", "deflate", "br", "zstd", "gzip,deflate", "identity", "x-other"])
STARTS = st.sampled_from([b"", b"\x1f\x8b\x08", b"\x78\x9c", b"\x28\xb5\x2f\xfd", b"eJ", b"{", b"\x1b"])


@given(STARTS, st.binary(max_size=300), HEADERS, st.integers(1, 500))
def test_any_bytes_decode_or_say_why_not(start: bytes, rest: bytes, header: str, limit: int) -> None:
    try:
        decoded = encoding.decode(start + rest, header, limit=limit)
    except encoding.BrokenEncoding as broken:
        assert len(broken.decoded) <= limit + 2**17
    except encoding.EncodingError as error:
        assert str(error)
    else:
        assert len(decoded) <= limit


@given(STARTS, st.binary(max_size=300), HEADERS, st.integers(1, 500))
def test_any_bytes_can_be_peeked_at(start: bytes, rest: bytes, header: str, size: int) -> None:
    try:
        seen, _complete = encoding.peek(start + rest, header, size=size)
    except (encoding.UnknownEncoding, encoding.BrokenEncoding) as error:
        assert str(error)
    else:
        assert len(seen) <= size


@given(st.binary(max_size=5000), st.sampled_from(CODECS))
def test_what_was_compressed_comes_back(data: bytes, codec: tuple[str, Compress]) -> None:
    # Every format that we take begins with printable text; its compressed form is then no text.
    header, compress = codec

    assert encoding.decode(compress(b"{" + data), header, limit=1 + len(data)) == b"{" + data


@pytest.mark.parametrize(
    ("header", "layers"),
    [
        ("gzip", [deflate, gzip.compress]),
        ("gzip, gzip", [gzip.compress, gzip.compress]),
        ("gzip", [gzip.compress, gzip.compress]),
        ("", [gzip.compress, zstd, gzip.compress]),
        ("deflate, gzip", [deflate, gzip.compress]),
        ("deflate, gzip", [raw_deflate, gzip.compress]),
        ("br, gzip", [br, gzip.compress]),
        ("gzip, br", [gzip.compress, br]),
        ("br, deflate, zstd", [br, raw_deflate, zstd]),
        ("gzip, gzip, gzip, gzip", [gzip.compress] * 4),
        ("gzip, gzip", [gzip.compress]),
        ("gzip, gzip", []),
    ],
)
def test_several_layers_are_taken_off(header: str, layers: list[Compress]) -> None:
    body = TEXT
    for compress in layers:
        body = compress(body)

    assert encoding.decode(body, header, limit=len(TEXT)) == TEXT
    start, _complete = encoding.peek(body, header, size=4096)
    assert start
    assert TEXT.startswith(start)


def test_more_layers_than_anybody_means_stay() -> None:
    body = TEXT
    for _layer in range(9):
        body = gzip.compress(body)

    assert encoding.decode(body, "gzip", limit=1 << 20)[:2] == b"\x1f\x8b"


def test_every_layer_meets_the_limit() -> None:
    bomb = gzip.compress(gzip.compress(bytes(20 << 20)))

    with pytest.raises(encoding.TooLarge):
        encoding.decode(bomb, "gzip, gzip", limit=1 << 20)


@pytest.mark.parametrize("header", ["br", "deflate", "gzip, br"])
def test_text_that_was_never_compressed_is_read(header: str) -> None:
    text = "[1, 2] žluť\n".encode()

    assert encoding.decode(text, header, limit=100) == text
    assert encoding.peek(text, header, size=100) == (text, True)


def test_what_only_looks_like_a_layer_stays() -> None:
    inner = b"\x1f\x8b is no gzip"

    assert encoding.decode(gzip.compress(inner), "gzip", limit=100) == inner
    assert encoding.peek(gzip.compress(inner), "gzip", size=100)[0] == inner
