"""Bounded decoding of one layer of compression. The magic bytes decide; Content-Encoding is only a hint.

Real clients lie (docs/protocols.md, section 1): ``gzip,deflate`` around a zlib stream, an empty header, or no
header around base64(zlib(json)). The cap is absolute and holds while decoding, because honest reports reach
ratios of 800:1 and a ratio therefore proves nothing.
"""

import binascii
import re
from io import BytesIO

from app.protocols.wire.decoders import PEEKERS, STEPS, DamagedError, before_damage, guess
from app.protocols.wire.encoding_errors import BrokenEncoding, TooLarge, UnknownEncoding

# base64 of the two-byte zlib headers: levels 1, 2 to 5, 6 and 9.
_BASE64_ZLIB = (b"eJ", b"eN", b"eA", b"eF")
_ASCII_TEXT = re.compile(rb"[\t\n\r\x20-\x7e]{0,64}")
# So many bytes tell an encoding that has no mark of its own.
_GUESSED_BY = 512


def decode_layer(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """`body` without its outermost compression, at most `limit` bytes of it.

    Raises `TooLarge`, `UnknownEncoding` and `BrokenEncoding`.
    """
    name, body = _opened(body, content_encoding)
    if name == "identity":
        if len(body) > limit:
            raise TooLarge(limit)
        return body
    # `BytesIO.getvalue` returns its buffer without copying it.
    decoded = BytesIO()
    size = 0
    try:
        for piece in STEPS[name](body):
            size += decoded.write(piece)
            if size > limit:
                raise TooLarge(limit)
    except DamagedError as damage:
        raise BrokenEncoding(name, str(damage), before_damage(name, body, decoded, limit)) from damage
    return decoded.getvalue()


def count_layer(body: bytes, content_encoding: str, limit: int) -> int:
    """How many bytes `body` decodes to, counted in small steps that are discarded at once.

    Raises what `decode` raises; a `BrokenEncoding` carries nothing of what came before the damage.
    """
    name, body = _opened(body, content_encoding)
    size = 0
    try:
        for piece in (body,) if name == "identity" else STEPS[name](body):
            size += len(piece)
            if size > limit:
                raise TooLarge(limit)
    except DamagedError as damage:
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
        for piece in STEPS[name](body):
            decoded.write(piece)
            if decoded.tell() >= size:
                break
    except DamagedError:
        # The caller wants whatever was decoded before the damage.
        return before_damage(name, body, decoded, size)
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
        for piece in STEPS[name](body):
            decoded += len(piece)
            if decoded > most:
                return b""
            last = (last + piece)[-size:]
    except DamagedError:
        # `beginning_of_layer` has what came before the damage.
        return b""
    return last


def peek_layer(body: bytes, content_encoding: str, *, size: int) -> tuple[bytes, bool]:
    """The first bytes below the outermost compression, and whether these are all. Raises as `peek` does."""
    name = _encoding_of(body, content_encoding)
    if name == "identity":
        return (body, True) if len(body) <= size else (body[:size], False)
    if name == "base64":
        inner = _from_base64(body[: size + -size % 4])
        if inner is None:
            return body[:size], len(body) <= size
        body, name = inner, "zlib"
    try:
        return PEEKERS[name](body, size)
    except BrokenEncoding as broken:
        if broken.decoded:
            return broken.decoded[:size], False
        raise


def _opened(body: bytes, content_encoding: str) -> tuple[str, bytes]:
    """How `body` is compressed ("identity": not at all), and the stream itself."""
    name = _encoding_of(body, content_encoding)
    if name != "base64":
        return name, body
    inner = _from_base64(body)
    # There is no Content-Encoding, so a body that only looks like base64 is plain text.
    return ("identity", body) if inner is None else ("zlib", inner)


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
    # The header names an encoding that the magic bytes deny: a proxy or a test decoded the body and left the
    # header, or it is another encoding.
    is_text = _ASCII_TEXT.fullmatch(body[:64]) is not None
    return (None if is_text else guess(body[:_GUESSED_BY])) or "identity"


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
