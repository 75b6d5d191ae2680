"""Bounded decoding of one layer of compression. The magic bytes decide; Content-Encoding is only a hint.

Real clients lie (docs/protocols.md, section 1): ``gzip,deflate`` around a zlib stream, an empty header, or no
header around base64(zlib(json)). The cap is absolute and holds while decoding, because honest reports reach
ratios of 800:1 and a ratio therefore proves nothing.
"""

import binascii
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import brotli  # type: ignore[import-untyped]  # it has no types
import zstandard

_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15
_WINDOWS = {"gzip": _GZIP, "zlib": _ZLIB, "deflate": _RAW_DEFLATE}
# So much is decoded in a step, and so much of a zlib stream is fed in one; in small ones after a damage.
_STEP, _FEED, _SMALL_FEED = 1 << 16, 1 << 14, 1 << 8
# No client sends gzip in several members; the bound keeps millions of tiny ones from costing minutes.
_MEMBERS = 16
# base64 of the two-byte zlib headers: levels 1, 2 to 5, 6 and 9.
_BASE64_ZLIB = (b"eJ", b"eN", b"eA", b"eF")
# A zstd block of four bytes can say 128 KiB, so that 64 bytes give 2 MiB at most.
_ZSTD_FEED = 64
_ZSTD_WINDOW = 1 << 27


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


def decode_layer(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """`body` without its outermost compression, at most `limit` bytes of it.

    Raises `TooLarge`, `UnknownEncoding` and `BrokenEncoding`.
    """
    name, body = _opened(body, content_encoding)
    if name == "identity":
        if len(body) > limit:
            raise TooLarge(limit)
        return body
    # It hands its bytes over without a copy of them.
    decoded = BytesIO()
    size = 0
    try:
        for piece in _STEPS[name](body):
            size += decoded.write(piece)
            if size > limit:
                raise TooLarge(limit)
    except _DamagedError as damage:
        raise BrokenEncoding(name, str(damage), _before_damage(name, body, decoded, limit)) from damage
    return decoded.getvalue()


def count_layer(body: bytes, content_encoding: str, limit: int) -> int:
    """How many bytes `body` decodes to, counted in small steps of which nothing is held.

    Raises what `decode` raises; a `BrokenEncoding` carries nothing of what came before the damage.
    """
    name, body = _opened(body, content_encoding)
    size = 0
    try:
        for piece in (body,) if name == "identity" else _STEPS[name](body):
            size += len(piece)
            if size > limit:
                raise TooLarge(limit)
    except _DamagedError as damage:
        raise BrokenEncoding(name, str(damage), b"") from damage
    return size


def beginning_of_layer(body: bytes, content_encoding: str, *, size: int) -> bytes:
    """The first `size` decoded bytes, or all there are: before damage, where the stream is damaged.

    Raises `UnknownEncoding`.
    """
    name, body = _opened(body, content_encoding)
    if name == "identity":
        return body[:size]
    decoded = BytesIO()
    try:
        for piece in _STEPS[name](body):
            decoded.write(piece)
            if decoded.tell() >= size:
                break
    except _DamagedError:
        # What came before it is all that is asked for.
        return _before_damage(name, body, decoded, size)
    decoded.truncate(size)
    return decoded.getvalue()


def ending_of_layer(body: bytes, content_encoding: str, *, size: int, most: int) -> bytes:
    """The last `size` decoded bytes; nothing where there are more than `most`, or the stream is damaged.

    Raises `UnknownEncoding`.
    """
    name, body = _opened(body, content_encoding)
    if name == "identity":
        return body[-size:]
    last: bytes = b""
    decoded = 0
    try:
        for piece in _STEPS[name](body):
            decoded += len(piece)
            if decoded > most:
                return b""
            last = (last + piece)[-size:]
    except _DamagedError:
        # What came before is told by the beginning.
        return b""
    return last


def _opened(body: bytes, content_encoding: str) -> tuple[str, bytes]:
    """How `body` is compressed ("identity": not at all), and the stream itself."""
    name = _encoding_of(body, content_encoding)
    if name != "base64":
        return name, body
    inner = _from_base64(body)
    # No header had claimed anything, so what only looked like base64 is plain text.
    return ("identity", body) if inner is None else ("zlib", inner)


def peek_layer(body: bytes, content_encoding: str, *, size: int) -> tuple[bytes, bool]:
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


class _DamagedError(Exception):
    """The stream cannot be read on, for this reason."""


def _inflate(body: bytes, window: int, feeding: int = _FEED) -> Iterator[bytes]:
    rest: bytes | memoryview = body
    for _member in range(_MEMBERS):
        stream = zlib.decompressobj(window)
        position = 0
        while not stream.eof and position < len(rest):
            # Whole, it would be copied once a step: what is left over of it is handed back each time.
            feed = rest[position : position + feeding]
            position += len(feed)
            yield from _inflate_piece(stream, feed)
        if not stream.eof:
            raise _DamagedError("it ends too early")
        rest = memoryview(rest)[position - len(stream.unused_data) :]
        if window != _GZIP or bytes(rest[:2]) != b"\x1f\x8b":
            return


def _inflate_piece(stream: "zlib._Decompress", feed: bytes | memoryview) -> Iterator[bytes]:
    while feed and not stream.eof:
        try:
            piece = stream.decompress(feed, _STEP)
        except zlib.error as error:
            raise _DamagedError(str(error)) from error
        feed = stream.unconsumed_tail
        yield piece


def _before_damage(name: str, body: bytes, decoded: BytesIO, limit: int) -> bytes:
    """At most `limit` bytes of what came before the damage; `decoded` is that in steps of the usual size."""
    if name in _WINDOWS:
        # Nothing of the step that is damaged comes out, so go again in small ones.
        decoded = BytesIO()
        try:
            for piece in _inflate(body, _WINDOWS[name], _SMALL_FEED):
                decoded.write(piece)
                if decoded.tell() >= limit:
                    break
        except _DamagedError:
            # The caller is about to say so.
            pass
    decoded.truncate(limit)
    return decoded.getvalue()


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    feed = body
    while not stream.is_finished():
        try:
            piece = stream.process(feed, output_buffer_limit=_STEP)
        except brotli.error as error:
            raise _DamagedError("it is damaged") from error
        feed = b""
        yield piece
        if not piece and not stream.is_finished() and stream.can_accept_more_data():
            raise _DamagedError("it ends too early")


def _unzstd(body: bytes) -> Iterator[bytes]:
    stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    for position in range(0, len(body), _ZSTD_FEED):
        try:
            yield stream.decompress(body[position : position + _ZSTD_FEED])
        except zstandard.ZstdError as error:
            raise _DamagedError(str(error)) from error
        if stream.eof:
            return
    raise _DamagedError("it ends too early")


def _peek_zlib(window: int, name: str) -> Callable[[bytes, int], tuple[bytes, bool]]:
    def look(body: bytes, size: int) -> tuple[bytes, bool]:
        stream = zlib.decompressobj(window)
        try:
            return stream.decompress(body, size), stream.eof
        except zlib.error as error:
            before = _before_damage(name, body, BytesIO(), size)
            raise BrokenEncoding(name, str(error), before) from error

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


_STEPS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": lambda body: _inflate(body, _GZIP),
    "zlib": lambda body: _inflate(body, _ZLIB),
    "deflate": lambda body: _inflate(body, _RAW_DEFLATE),
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
