"""The decoders of gzip, zlib, raw deflate, Brotli and Zstandard, each in steps of bounded size.

A step decodes at most 64 KiB, or 2 MiB of Zstandard, so that a limit holds while a bomb is decoded.
"""

import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

import brotli  # type: ignore[import-untyped]  # it has no types
import zstandard

from app.protocols.wire.encoding_errors import BrokenEncoding

_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15
_WINDOWS = {"gzip": _GZIP, "zlib": _ZLIB, "deflate": _RAW_DEFLATE}
# Bytes decoded in a step, and bytes of a zlib stream fed in a step; the small one is for damaged streams.
_STEP, _FEED, _SMALL_FEED = 1 << 16, 1 << 14, 1 << 8
_GZIP_HEADER = 10
_GUESSED = 64
_JSON_STARTS = (b"{", b"[")
# No client sends gzip in several members; the bound keeps millions of tiny ones from costing minutes.
_MEMBERS = 16
# A zstd block of four bytes can say 128 KiB, so that 64 bytes give 2 MiB at most.
_ZSTD_FEED = 64
_ZSTD_WINDOW = 1 << 27


class DamagedError(Exception):
    """The rest of the stream cannot be decoded; the text says why."""


def _inflate(body: bytes | memoryview, window: int, feeding: int = _FEED) -> Iterator[bytes]:
    rest: bytes | memoryview = body
    for _member in range(_MEMBERS):
        stream = zlib.decompressobj(window)
        position = 0
        while not stream.eof and position < len(rest):
            # Feeding all of `rest` would copy it once a step: zlib returns what it has not consumed.
            feed = rest[position : position + feeding]
            position += len(feed)
            yield from _inflate_piece(stream, feed)
        if not stream.eof:
            raise DamagedError("it ends too early")
        rest = memoryview(rest)[position - len(stream.unused_data) :]
        if window != _GZIP or bytes(rest[:2]) != b"\x1f\x8b":
            return


def _inflate_piece(stream: "zlib._Decompress", feed: bytes | memoryview) -> Iterator[bytes]:
    while feed and not stream.eof:
        try:
            piece = stream.decompress(feed, _STEP)
        except zlib.error as error:
            raise DamagedError(str(error)) from error
        feed = stream.unconsumed_tail
        yield piece


def _unbrotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    feed = body
    while not stream.is_finished():
        try:
            piece = stream.process(feed, output_buffer_limit=_STEP)
        except brotli.error as error:
            raise DamagedError("it is damaged") from error
        feed = b""
        yield piece
        if not piece and not stream.is_finished() and stream.can_accept_more_data():
            raise DamagedError("it ends too early")


def _unzstd(body: bytes) -> Iterator[bytes]:
    stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    for position in range(0, len(body), _ZSTD_FEED):
        try:
            yield stream.decompress(body[position : position + _ZSTD_FEED])
        except zstandard.ZstdError as error:
            raise DamagedError(str(error)) from error
        if stream.eof:
            return
    raise DamagedError("it ends too early")


def before_damage(name: str, body: bytes, decoded: BytesIO, limit: int) -> bytes:
    """At most `limit` bytes decoded before the damage; `decoded` is what steps of the usual size gave.

    A wrong checksum is no damage here: what it belongs to has been decoded whole.
    """
    if name in _WINDOWS:
        # A damaged step yields nothing, so decode again in small steps.
        decoded = _small_steps(body, _WINDOWS[name], limit)
        bare = _without_frame(name, body)
        if bare is not None:
            without_checksum = _small_steps(bare, _RAW_DEFLATE, limit)
            decoded = max(decoded, without_checksum, key=lambda buffer: buffer.tell())
    decoded.truncate(limit)
    return decoded.getvalue()


def _small_steps(body: bytes | memoryview, window: int, limit: int) -> BytesIO:
    decoded = BytesIO()
    try:
        for piece in _inflate(body, window, _SMALL_FEED):
            decoded.write(piece)
            if decoded.tell() >= limit:
                break
    except DamagedError:
        # The caller reports the damage.
        pass
    return decoded


def _without_frame(name: str, body: bytes) -> memoryview | None:
    """The deflated stream of gzip or zlib, without the header; the checksum behind it stays unread."""
    if name == "zlib":
        return memoryview(body)[2:]
    if name != "gzip" or len(body) < _GZIP_HEADER:
        return None
    flags, start = body[3], _GZIP_HEADER
    if flags & 4:
        start += 2 + int.from_bytes(body[start : start + 2], "little")
    for flag in (8, 16):
        if flags & flag:
            start = body.find(b"\0", start) + 1
            if not start:
                return None
    return memoryview(body)[start + (2 if flags & 2 else 0) :]


def guess(start: bytes) -> str | None:
    """The encoding without a mark of its own (raw deflate, Brotli) in which JSON begins as `start` does."""
    try:
        if zlib.decompressobj(_RAW_DEFLATE).decompress(start, _GUESSED).lstrip()[:1] in _JSON_STARTS:
            return "deflate"
    except zlib.error:
        # It is not that one.
        pass
    try:
        if brotli.Decompressor().process(start).lstrip()[:1] in _JSON_STARTS:
            return "br"
    except brotli.error:
        # Nor that.
        pass
    return None


def _peek_zlib(window: int, name: str) -> Callable[[bytes, int], tuple[bytes, bool]]:
    def peek(body: bytes, size: int) -> tuple[bytes, bool]:
        stream = zlib.decompressobj(window)
        try:
            return stream.decompress(body, size), stream.eof
        except zlib.error as error:
            before = before_damage(name, body, BytesIO(), size)
            raise BrokenEncoding(name, str(error), before) from error

    return peek


def _peek_br(body: bytes, size: int) -> tuple[bytes, bool]:
    # The decoder outputs at least 32 KiB whatever its limit, so limit its input to bound its work.
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


# By the name of the encoding: the decoded bytes step by step; raises `DamagedError`.
STEPS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": lambda body: _inflate(body, _GZIP),
    "zlib": lambda body: _inflate(body, _ZLIB),
    "deflate": lambda body: _inflate(body, _RAW_DEFLATE),
    "br": _unbrotli,
    "zstd": _unzstd,
}
# By the name of the encoding: the first bytes, and whether that is all; raises `BrokenEncoding`.
PEEKERS: dict[str, Callable[[bytes, int], tuple[bytes, bool]]] = {
    "gzip": _peek_zlib(_GZIP, "gzip"),
    "zlib": _peek_zlib(_ZLIB, "zlib"),
    "deflate": _peek_zlib(_RAW_DEFLATE, "deflate"),
    "br": _peek_br,
    "zstd": _peek_zstd,
}
