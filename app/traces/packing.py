"""Spans and log lines as bytes: MessagePack, compressed; the same text in a hundred spans costs little."""

from typing import TypeVar

import cramjam
import msgspec
from msgspec.structs import replace

from app.traces.model import Traced

MOST_BYTES = 2 << 20
"""How large what is packed may be before it is compressed."""
_COMPRESSION = 1

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Traced)
T = TypeVar("T")


class NotReadable(ValueError):
    """The bytes are not what `pack` returns, or not what this version of it does."""


def pack(traced: Traced) -> bytes:
    """`traced` as bytes, as much of it as `MOST_BYTES` allow."""
    packed = _encoder.encode(traced)
    if len(packed) > MOST_BYTES:
        traced = _without_data(traced)
        packed = _encoder.encode(traced)
    while len(packed) > MOST_BYTES:
        traced = _half(traced)
        packed = _encoder.encode(traced)
    return bytes(cramjam.zstd.compress(packed, level=_COMPRESSION))


def unpack(packed: bytes) -> Traced:
    """What was packed. Raises `NotReadable`."""
    try:
        return _decoder.decode(bytes(cramjam.zstd.decompress(packed)))
    except (cramjam.DecompressionError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotReadable(str(error)) from error


def _without_data(traced: Traced) -> Traced:
    return replace(
        traced,
        spans=tuple(replace(span, data={}) for span in traced.spans),
        lines=tuple(replace(line, data={}) for line in traced.lines),
    )


def _half(traced: Traced) -> Traced:
    spans, lines = _first_half(traced.spans), _first_half(traced.lines)
    gone = len(traced.spans) - len(spans) + len(traced.lines) - len(lines)
    return replace(traced, spans=spans, lines=lines, left_out=traced.left_out + gone)


def _first_half(items: tuple[T, ...]) -> tuple[T, ...]:
    return items[: len(items) // 2]
