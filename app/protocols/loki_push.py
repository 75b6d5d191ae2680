"""The lines of a push to Loki, in each form that clients send: JSON, the JSON of before 2019, and protobuf.

See https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs, and pkg/push/push.proto in
https://github.com/grafana/loki: there labels are one text, as ``{app="shop"}``, and the message is packed by
snappy. winston-loki's own is not, where that package is missing.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from app.protocols import lenient_json, snappy
from app.protocols.notes import Notes

UNPACKED_LIMIT = 1 << 24
_LABEL = re.compile(r'([A-Za-z_][\w.]*)\s*=\s*"((?:[^"\\]|\\.)*)"', re.DOTALL)
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


class NotAPush(ValueError):
    """The bytes are no such message; the text says why."""


class Line(Struct, frozen=True):
    """A line with its time as it was written (a number: in nanoseconds), its labels, its own metadata."""

    time: str
    text: str
    labels: dict[str, str]
    metadata: dict[str, str]


def lines(value: Any, notes: Notes) -> Iterator[Line]:
    """The lines of a push in JSON; what is odd goes to `notes`."""
    streams = value.get("streams") if isinstance(value, dict) else None
    if not isinstance(streams, list):
        if not notes.problems:
            notes.problem("The push has no list of streams.")
        return
    for n, stream in enumerate(streams):
        path = f"streams.{n}"
        if not isinstance(stream, dict):
            notes.odd(path, stream, "a stream with a list of values")
        elif isinstance(stream.get("entries"), list):
            yield from _older(stream, path, notes)
        else:
            yield from _stream(stream, path, notes)


def unpacked(body: bytes) -> Iterator[Line]:
    """The lines of a push in protobuf. Raises `NotAPush`."""
    try:
        body = snappy.decode(body, limit=UNPACKED_LIMIT)
    except snappy.NotSnappy as error:
        if body[:1] != b"\x0a":  # how a push begins that was not packed
            raise NotAPush(str(error)) from error
    for number, stream in _fields(body):
        if number != 1 or not isinstance(stream, bytes):
            continue
        parts = [*_fields(stream)]
        labels = _labels(b"".join(part for n, part in parts if n == 1 and isinstance(part, bytes)))
        for n, entry in parts:
            if n == 2 and isinstance(entry, bytes):
                yield _entry(entry, labels)


def _stream(stream: dict[str, Any], path: str, notes: Notes) -> Iterator[Line]:
    labels, values = stream.get("stream"), stream.get("values")
    if not isinstance(values, list):
        notes.odd(path, stream, "a stream with a list of values")
        return
    if labels is not None and not isinstance(labels, dict):
        notes.odd(f"{path}.stream", labels, "an object")
    known = _texts(labels)
    for m, entry in enumerate(values):
        match entry:
            case [str() | int() | float() as time, str(text)] if type(time) is not bool:
                yield Line(str(time), text, known, {})
            case [str() | int() | float() as time, str(text), metadata, *_more] if type(time) is not bool:
                yield Line(str(time), text, known, _texts(metadata))
            case _:
                notes.odd(f"{path}.values.{m}", entry, "[time, line]")


def _older(stream: dict[str, Any], path: str, notes: Notes) -> Iterator[Line]:
    labels = stream.get("labels")
    known = _labels(labels.encode("utf-8", "replace")) if isinstance(labels, str) else _texts(labels)
    for m, entry in enumerate(stream["entries"]):
        match entry:
            case {"line": str(text), "ts": str() | int() | float() as time} if type(time) is not bool:
                yield Line(str(time), text, known, {})
            case _:
                notes.odd(f"{path}.entries.{m}", entry, "an object with ts and line")


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {name: lenient_json.as_text(part) for name, part in value.items() if part is not None}


def _labels(text: bytes) -> dict[str, str]:
    return {name: _unquoted(value) for name, value in _LABEL.findall(text.decode("utf-8", "replace"))}


def _unquoted(value: str) -> str:
    try:
        return lenient_json.as_text(json.loads(f'"{value}"', strict=False))
    except ValueError:
        # Go's quoting has escapes that JSON's has not.
        return value


def _entry(entry: bytes, labels: dict[str, str]) -> Line:
    nanoseconds, text, metadata = 0, "", {}
    for number, part in _fields(entry):
        if number == 1 and isinstance(part, bytes):
            moment = {n: value for n, value in _fields(part) if isinstance(value, int)}
            nanoseconds = moment.get(1, 0) * 10**9 + moment.get(2, 0)
        elif number == 2 and isinstance(part, bytes):
            text = part.decode("utf-8", "replace")
        elif number == 3 and isinstance(part, bytes):
            pair = {
                n: value.decode("utf-8", "replace") for n, value in _fields(part) if isinstance(value, bytes)
            }
            metadata[pair.get(1, "")] = pair.get(2, "")
    return Line(str(nanoseconds), text, labels, metadata)


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field of a message of protobuf. Raises `NotAPush`."""
    position, end = 0, len(message)
    while position < end:
        key, position = _varint(message, position)
        kind = key & 7
        if kind == _VARINT:
            value, position = _varint(message, position)
            yield key >> 3, value
            continue
        if kind == _BYTES:
            length, position = _varint(message, position)
        elif kind in (_FIXED64, _FIXED32):
            length = 8 if kind == _FIXED64 else 4
        else:
            raise NotAPush(f"a field of the kind {kind} at byte {position}")
        if position + length > end:
            raise NotAPush(f"it ends within a field, {position + length - end} bytes too early")
        yield key >> 3, message[position : position + length]
        position += length


def _varint(message: bytes, position: int) -> tuple[int, int]:
    value = 0
    for n, byte in enumerate(message[position : position + 10]):
        value |= (byte & 0x7F) << (7 * n)
        if byte < 0x80:
            return value, position + n + 1
    raise NotAPush(f"no number at byte {position}")
