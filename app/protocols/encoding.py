"""Bounded decoding of request bodies. The magic bytes decide; the Content-Encoding header is only a hint.

Real clients lie (docs/protocols.md, section 1): ``gzip,deflate`` around a zlib stream, an empty header, or no
header around base64(zlib(json)). The cap is absolute and holds while decoding, because honest reports reach
ratios of 800:1 and a ratio therefore proves nothing.
"""

import binascii
import codecs
import re
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # it has no types
import zstandard

_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15
_STEP = 1 << 16
# No client sends gzip in several members; the bound keeps millions of tiny ones from costing minutes.
_MEMBERS = 16
# base64 of the two-byte zlib headers: levels 1, 2 to 5, 6 and 9.
_BASE64_ZLIB = (b"eJ", b"eN", b"eA", b"eF")
# A zstd block of four bytes can say 128 KiB, so that this much output follows from one byte at most.
_ZSTD_RATIO = 1 << 15
_ZSTD_WINDOW = 1 << 27

Decoder = Callable[[bytes, int], bytes]


class EncodingError(Exception):
    """A body that cannot be decoded."""


class TooLarge(EncodingError):
    """The decoded body is longer than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The decoded body is larger than {limit} bytes.")
        self.limit = limit


class UnknownEncoding(EncodingError):
    """A Content-Encoding that nobody here speaks, around a body without familiar magic bytes."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The content encoding {name!r} is not known; send gzip, deflate, br, zstd or none.")
        self.name = name


class BrokenEncoding(EncodingError):
    """The compressed stream is damaged or cut short; `decoded` is what came before the damage."""

    def __init__(self, name: str, reason: str, decoded: bytes) -> None:
        super().__init__(f"The {name} stream is broken after {len(decoded)} decoded bytes: {reason}.")
        self.name = name
        self.decoded = decoded


def _decode_layer(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """`body` without its outermost compression. Raises as `decode` does."""
    name = _encoding_of(body, content_encoding)
    if name == "base64":
        inner = _from_base64(body)
        if inner is not None:
            return _inflate(inner, limit, _ZLIB, "zlib")
        # No header had claimed anything, so what only looked like base64 is plain text.
        name = "identity"
    if name == "identity":
        if len(body) > limit:
            raise TooLarge(limit)
        return body
    return _DECODERS[name](body, limit)


def _peek_layer(body: bytes, content_encoding: str, *, size: int) -> tuple[bytes, bool]:
    """The first bytes below the outermost compression, and whether that was all. Raises as `peek` does."""
    name = _encoding_of(body, content_encoding)
    if name == "identity":
        return (body, True) if len(body) <= size else (body[:size], False)
    if name == "base64":
        inner = _from_base64(body[: size + -size % 4])
        if inner is None:
            return body[:size], len(body) <= size
        body, name = inner, "zlib"
    try:
        return _PEEKERS[name](body, size)
    except BrokenEncoding as broken:
        if broken.decoded:
            return broken.decoded[:size], False
        raise


def _encoding_of(body: bytes, content_encoding: str) -> str:
    start = body[:4]
    if start[:1] == b"{":
        return "identity"
    if start[:2] == b"\x1f\x8b":
        return "gzip"
    if start == b"\x28\xb5\x2f\xfd":
        return "zstd"
    hint = content_encoding.strip().lower()
    if start[:1] == b"\x78" and _is_zlib_header(start):
        return "zlib"
    if not hint or hint == "identity":
        return "base64" if start[:2] in _BASE64_ZLIB and _hides_zlib(start) else "identity"
    for token in map(str.strip, hint.split(",")):
        if token == "br":
            return "br"
        if token == "deflate":
            return "zlib" if _is_zlib_header(start) else "deflate"
        if token not in ("gzip", "x-gzip", "zstd", "identity", ""):
            raise UnknownEncoding(token)
    # Announced, but the magic bytes are not there: a proxy or a test has unpacked it and kept the header.
    return "identity"


def _is_zlib_header(start: bytes) -> bool:
    # RFC 1950, section 2.2: method 8, window of 32 KiB at most, and a checksum over both bytes.
    return len(start) >= 2 and start[0] & 0x8F == 8 and int.from_bytes(start[:2], "big") % 31 == 0


def _hides_zlib(start: bytes) -> bool:
    inner = _from_base64(start)
    return inner is not None and _is_zlib_header(inner)


def _from_base64(text: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(text)
    except binascii.Error:
        return None


def _inflate(body: bytes, limit: int, window: int, name: str) -> bytes:
    decoded = b""
    rest = body
    for _member in range(_MEMBERS):
        stream = zlib.decompressobj(window)
        try:
            decoded += stream.decompress(rest, limit + 1 - len(decoded))
        except zlib.error as error:
            # Nothing of a damaged stream comes out of one large step, so go again in small ones.
            decoded += _before_damage(rest, limit - len(decoded), window)
            raise BrokenEncoding(name, str(error), decoded) from error
        if len(decoded) > limit:
            raise TooLarge(limit)
        if not stream.eof:
            raise BrokenEncoding(name, "it ends too early", decoded)
        rest = stream.unused_data
        if window != _GZIP or rest[:2] != b"\x1f\x8b":
            break
    return decoded


def _before_damage(body: bytes, limit: int, window: int) -> bytes:
    stream = zlib.decompressobj(window)
    decoded = bytearray()
    try:
        for start in range(0, len(body), 256):
            decoded += stream.decompress(body[start : start + 256], max(1, limit - len(decoded)))
            if len(decoded) >= limit:
                break
    except zlib.error:
        # The caller is about to say so; here only what came before counts.
        return bytes(decoded)
    return bytes(decoded)


def _unbrotli(body: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    decoded = bytearray()
    feed = body
    while not stream.is_finished():
        try:
            piece = stream.process(feed, output_buffer_limit=_STEP)
        except brotli.error as error:
            raise BrokenEncoding("br", "it is damaged", bytes(decoded)) from error
        feed = b""
        decoded += piece
        if len(decoded) > limit:
            raise TooLarge(limit)
        if not piece and not stream.is_finished() and stream.can_accept_more_data():
            raise BrokenEncoding("br", "it ends too early", bytes(decoded))
    return bytes(decoded)


def _unzstd(body: bytes, limit: int) -> bytes:
    decoded = bytearray()
    stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    position = 0
    while not stream.eof:
        if position >= len(body):
            raise BrokenEncoding("zstd", "it ends too early", bytes(decoded))
        step = max(64, min(_STEP, (limit - len(decoded)) // _ZSTD_RATIO))
        try:
            decoded += stream.decompress(body[position : position + step])
        except zstandard.ZstdError as error:
            raise BrokenEncoding("zstd", str(error), bytes(decoded)) from error
        position += step
        if len(decoded) > limit:
            raise TooLarge(limit)
    return bytes(decoded)


def _peek_zlib(window: int, name: str) -> Callable[[bytes, int], tuple[bytes, bool]]:
    def look(body: bytes, size: int) -> tuple[bytes, bool]:
        stream = zlib.decompressobj(window)
        try:
            return stream.decompress(body, size), stream.eof
        except zlib.error as error:
            raise BrokenEncoding(name, str(error), _before_damage(body, size, window)) from error

    return look


def _peek_br(body: bytes, size: int) -> tuple[bytes, bool]:
    # The decoder fills at least 32 KiB whatever its limit, so what it is fed has to bound what it does.
    stream = brotli.Decompressor()
    try:
        decoded = stream.process(body[:size], output_buffer_limit=size)
    except brotli.error as error:
        raise BrokenEncoding("br", "it is damaged", b"") from error
    return decoded[:size], stream.is_finished() and len(decoded) <= size


def _peek_zstd(body: bytes, size: int) -> tuple[bytes, bool]:
    stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).stream_reader(body)
    try:
        decoded = stream.read(size)
    except zstandard.ZstdError as error:
        raise BrokenEncoding("zstd", str(error), b"") from error
    return decoded, False


_DECODERS: dict[str, Decoder] = {
    "gzip": lambda body, limit: _inflate(body, limit, _GZIP, "gzip"),
    "zlib": lambda body, limit: _inflate(body, limit, _ZLIB, "zlib"),
    "deflate": lambda body, limit: _inflate(body, limit, _RAW_DEFLATE, "deflate"),
    "br": _unbrotli,
    "zstd": _unzstd,
}
_PEEKERS: dict[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _peek_zlib(_GZIP, "gzip"),
    "zlib": _peek_zlib(_ZLIB, "zlib"),
    "deflate": _peek_zlib(_RAW_DEFLATE, "deflate"),
    "br": _peek_br,
    "zstd": _peek_zstd,
}


# Layers: a proxy that compresses what is compressed already, and a client that lists what it did.
_LAYERS = 4
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TRIED = ("gzip", "x-gzip", "deflate", "br", "zstd")


def decode(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """`body` without its compression, of up to four layers, each at most `limit` bytes.

    Raises `TooLarge`, `UnknownEncoding` and `BrokenEncoding`.
    """
    try:
        decoded = _decode_layer(body, _outer(content_encoding), limit=limit)
    except BrokenEncoding as broken:
        if broken.decoded or not _is_text(body) or len(body) > limit:
            raise
        return body
    for _layer in range(1, _LAYERS):
        if decoded[:1] == b"{" or decoded is body or not _is_layered(decoded, content_encoding):
            break
        body, content_encoding = decoded, _inner(content_encoding)
        try:
            decoded = _decode_layer(body, _outer(content_encoding), limit=limit)
        except BrokenEncoding as broken:
            if broken.decoded:
                raise
            # It was no layer at all.
            return body
    return decoded


def peek(body: bytes, content_encoding: str, *, size: int) -> tuple[bytes, bool]:
    """The first decoded bytes, `size` at most, and whether that was all. Cheap whatever the body's length.

    Fewer than `size` may come though there are more, but never fewer than that many bytes of the body
    decode to. Raises `UnknownEncoding`, and `BrokenEncoding` when the stream is damaged within these bytes;
    a stream that is merely cut short is no error here, because a longer look decides that.
    """
    try:
        seen, complete = _peek_layer(body, _outer(content_encoding), size=size)
    except BrokenEncoding:
        if not _is_text(body):
            raise
        return body[:size], len(body) <= size
    for _layer in range(1, _LAYERS):
        if seen[:1] == b"{" or seen is body or not _is_layered(seen, content_encoding):
            break
        body, content_encoding = seen, _inner(content_encoding)
        try:
            seen, ended = _peek_layer(body, _outer(content_encoding), size=size)
        except BrokenEncoding:
            # As `decode` has it, what cannot be decoded is what was sent.
            return body, complete
        complete = complete and ended
    return seen, complete


def _is_layered(decoded: bytes, content_encoding: str) -> bool:
    if decoded[:2] == b"\x1f\x8b" or decoded[:4] == b"\x28\xb5\x2f\xfd":
        return True
    return "," in content_encoding and bool(_inner(content_encoding))


def _is_text(body: bytes) -> bool:
    """Whether `body` is text that was never compressed, whatever was announced."""
    start = body[:4096]
    if _CONTROL.search(start):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _outer(content_encoding: str) -> str:
    """The codings, the one first that was applied last."""
    if "," not in content_encoding:
        return content_encoding
    return ",".join(reversed(content_encoding.split(",")))


def _inner(content_encoding: str) -> str:
    """What may be below the outermost layer: the codings that were applied before the last one."""
    codings = [token.strip().lower() for token in content_encoding.split(",")]
    return ",".join(token for token in codings[:-1] if token in _TRIED)
