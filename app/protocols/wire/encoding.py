"""Decodes request bodies of up to four layers of compression: some proxies compress twice.

`compression` decodes one layer: the magic bytes decide there, and the Content-Encoding header is a hint.
"""

import codecs
import re

from app.protocols.wire.compression import (
    beginning_of_layer,
    count_layer,
    decode_layer,
    ending_of_layer,
    peek_layer,
)
from app.protocols.wire.encoding_errors import BrokenEncoding as BrokenEncoding
from app.protocols.wire.encoding_errors import EncodingError as EncodingError
from app.protocols.wire.encoding_errors import TooLarge as TooLarge
from app.protocols.wire.encoding_errors import UnknownEncoding as UnknownEncoding

# A client may also list several encodings itself.
_LAYERS = 4
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# gzip, and zlib but for its rarest header, which is text ("x^").
_LAYER_MARKS = (b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_TRIED = ("gzip", "x-gzip", "deflate", "br", "zstd")
_START = 512


def decode(body: bytes, content_encoding: str, *, limit: int) -> bytes:
    """`body` without its compression, of up to four layers, each at most `limit` bytes.

    Raises `TooLarge`, `UnknownEncoding` and `BrokenEncoding`.
    """
    try:
        decoded = decode_layer(body, _outer(content_encoding), limit=limit)
    except BrokenEncoding as broken:
        if broken.decoded or not _is_text(body) or len(body) > limit:
            raise
        return body
    for _layer in range(1, _LAYERS):
        if decoded[:1] == b"{" or decoded is body or not _is_layered(decoded, content_encoding):
            break
        body, content_encoding = decoded, _inner(content_encoding)
        try:
            decoded = decode_layer(body, _outer(content_encoding), limit=limit)
        except BrokenEncoding as broken:
            if broken.decoded:
                raise
            # What looked like a further layer is none.
            return body
    return decoded


def peek(body: bytes, content_encoding: str, *, size: int) -> tuple[bytes, bool]:
    """The first decoded bytes, `size` at most, and whether that was all. Cheap whatever the body's length.

    Fewer than `size` may come though there are more, but never fewer than that many bytes of the body
    decode to. Raises `UnknownEncoding`, and `BrokenEncoding` when the stream is damaged within these bytes;
    a stream that is merely cut short is no error here: `decode` reports that.
    """
    try:
        seen, complete = peek_layer(body, _outer(content_encoding), size=size)
    except BrokenEncoding:
        if not _is_text(body):
            raise
        return body[:size], len(body) <= size
    for _layer in range(1, _LAYERS):
        if seen[:1] == b"{" or seen is body or not _is_layered(seen, content_encoding):
            break
        body, content_encoding = seen, _inner(content_encoding)
        try:
            seen, ended = peek_layer(body, _outer(content_encoding), size=size)
        except BrokenEncoding:
            # As in `decode`: what cannot be decoded is the body itself.
            return body, complete
        complete = complete and ended
    return seen, complete


def check_size(body: bytes, content_encoding: str, limit: int) -> int:
    """How many bytes `body` decodes to, counted in small steps; only outer layers are held in memory.

    Raises what `decode` raises; a `BrokenEncoding` carries nothing of what came before the damage.
    """
    for _layer in range(1, _LAYERS):
        seen, _whole = peek_layer(body, _outer(content_encoding), size=_START)
        if seen[:1] == b"{" or body.startswith(seen) or not _is_layered(seen, content_encoding):
            break
        body = decode_layer(body, _outer(content_encoding), limit=limit)
        content_encoding = _inner(content_encoding)
    return count_layer(body, _outer(content_encoding), limit)


def beginning(body: bytes, content_encoding: str, *, size: int) -> bytes:
    """The first `size` decoded bytes, or all there are: before damage, where a stream is damaged.

    Raises `UnknownEncoding`.
    """
    decoded = beginning_of_layer(body, _outer(content_encoding), size=size)
    for _layer in range(1, _LAYERS):
        if decoded[:1] == b"{" or not _is_layered(decoded, content_encoding):
            break
        content_encoding = _inner(content_encoding)
        decoded = beginning_of_layer(decoded, _outer(content_encoding), size=size)
    return decoded


def ending(body: bytes, content_encoding: str, *, size: int, most: int) -> bytes:
    """The last `size` decoded bytes of one layer.

    Nothing where there are more than `most`, the stream is damaged, or there are layers. Raises
    `UnknownEncoding`.
    """
    start = beginning_of_layer(body, _outer(content_encoding), size=_START)
    if _is_layered(start, content_encoding):
        return b""
    return ending_of_layer(body, _outer(content_encoding), size=size, most=most)


def _is_layered(decoded: bytes, content_encoding: str) -> bool:
    if decoded[:2] in _LAYER_MARKS or decoded[:4] == b"\x28\xb5\x2f\xfd":
        return True
    return "," in content_encoding and bool(_inner(content_encoding))


def _is_text(body: bytes) -> bool:
    """Whether `body` is text that was never compressed, whatever Content-Encoding says."""
    start = body[:4096]
    if _CONTROL.search(start):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return False
    return True


def _outer(content_encoding: str) -> str:
    """The codings in reverse: the one that was applied last comes first."""
    if "," not in content_encoding:
        return content_encoding
    return ",".join(reversed(content_encoding.split(",")))


def _inner(content_encoding: str) -> str:
    """The codings below the outermost layer: those applied before the last one."""
    codings = [token.strip().lower() for token in content_encoding.split(",")]
    return ",".join(token for token in codings[:-1] if token in _TRIED)
