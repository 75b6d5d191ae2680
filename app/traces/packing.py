"""Spans and log lines as bytes: MessagePack, compressed; the same text in a hundred spans costs little.

What is packed is bounded: texts are cut, and of what is nested deep or wide the beginning stays.
"""

from itertools import islice
from typing import Any, TypeVar

import cramjam
import msgspec
from msgspec.structs import replace

from app.traces.model import LogLine, Span, Traced

LONGEST_TEXT = 4_000
LONGEST_NAME = 500
MOST_VALUES = 60
DEEPEST = 4
MOST_BYTES = 2 << 20
"""How large what is packed may be before it is compressed."""
_COMPRESSION = 1
# The whole numbers that MessagePack has.
_LEAST, _GREATEST = -(1 << 63), (1 << 64) - 1

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Traced)
T = TypeVar("T")


class NotReadable(ValueError):
    """The bytes are not what `pack` returns, or not what this version of it does."""


def pack(traced: Traced) -> bytes:
    """`traced` as bytes, as much of it as `MOST_BYTES` allow."""
    bounded = replace(
        traced, spans=tuple(map(_bounded_span, traced.spans)), lines=tuple(map(_bounded_line, traced.lines))
    )
    packed = _encoder.encode(bounded)
    if len(packed) > MOST_BYTES:
        packed = _encoder.encode(_without_data(bounded))
    while len(packed) > MOST_BYTES:
        bounded = _half(_without_data(bounded))
        packed = _encoder.encode(bounded)
    return bytes(cramjam.zstd.compress(packed, level=_COMPRESSION))


def unpack(packed: bytes) -> Traced:
    """What was packed. Raises `NotReadable`."""
    try:
        return _decoder.decode(bytes(cramjam.zstd.decompress(packed)))
    except (cramjam.DecompressionError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotReadable(str(error)) from error


def _bounded_span(span: Span) -> Span:
    return replace(
        span,
        trace_id=text(span.trace_id, LONGEST_NAME),
        span_id=text(span.span_id, LONGEST_NAME),
        parent_id=_name(span.parent_id),
        op=_name(span.op),
        name=text(span.name),
        status=_name(span.status),
        transaction=_name(span.transaction),
        data=_values(span.data, DEEPEST) if span.data else span.data,
    )


def _bounded_line(line: LogLine) -> LogLine:
    return replace(
        line,
        message=text(line.message),
        logger=_name(line.logger),
        trace_id=text(line.trace_id, LONGEST_NAME),
        span_id=_name(line.span_id),
        data=_values(line.data, DEEPEST) if line.data else line.data,
    )


def _name(value: str | None) -> str | None:
    return None if value is None else text(value, LONGEST_NAME)


def text(value: str, longest: int = LONGEST_TEXT) -> str:
    """`value`, its beginning if it is long, and without what cannot be encoded."""
    if len(value) > longest:
        value = f"{value[:longest]}…"
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _values(values: dict[str, Any], depth: int) -> dict[str, Any]:
    return {
        text(str(name), LONGEST_NAME): _value(value, depth)
        for name, value in islice(values.items(), MOST_VALUES)
    }


def _value(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool | float) or value is None:
        return value
    if isinstance(value, int):
        return value if _LEAST <= value <= _GREATEST else text(hex(value))
    if depth == 0:
        return "…"
    if isinstance(value, dict):
        return _values(value, depth - 1)
    if isinstance(value, list | tuple):
        return [_value(item, depth - 1) for item in value[:MOST_VALUES]]
    return text(str(value))


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
