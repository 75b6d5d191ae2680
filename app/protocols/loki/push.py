"""Reads the lines of a push to Loki, in each form that clients send: JSON, that of before 2019, protobuf.

See https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs, and pkg/push/push.proto in
https://github.com/grafana/loki: there labels are one text, as ``{app="shop"}``, and the message is packed by
snappy. winston-loki's own is not, where that package is missing.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import cramjam
from msgspec import Struct

from app.protocols import loki
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

UNPACKED_LIMIT = 1 << 24
_LABEL = re.compile(r'([A-Za-z_][\w.]*)\s*=\s*"((?:[^"\\]|\\.)*)"', re.DOTALL)


class NotAPush(ValueError):
    """The bytes are no such message; the text says why."""


class LogLine(Struct, frozen=True):
    """A line with its time as it was written (a number: in nanoseconds), its labels, its own metadata."""

    time: str
    text: str
    labels: dict[str, str]
    metadata: dict[str, str]


def lines(value: Any, notes: Notes) -> Iterator[LogLine]:
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


def unpacked(body: bytes) -> Iterator[LogLine]:
    """The lines of a push in protobuf. Raises `NotAPush`."""
    try:
        push = loki.messages.push(_unpacked(body))
    except loki.messages.DecodeError as error:
        raise NotAPush(str(error)) from error
    for stream in push.streams:
        labels = _labels(stream.labels)
        for entry in stream.entries:
            nanoseconds = entry.at.seconds * 10**9 + entry.at.nanos
            metadata = {_text(label.name): _text(label.value) for label in entry.metadata}
            yield LogLine(str(nanoseconds), _text(entry.line), labels, metadata)


def _unpacked(body: bytes) -> bytes:
    try:
        size = cramjam.snappy.decompress_raw_len(body)
        if size > UNPACKED_LIMIT:
            raise NotAPush(f"it would unpack to {size:,} bytes, and {UNPACKED_LIMIT:,} are allowed")
        return bytes(cramjam.snappy.decompress_raw(body))
    except cramjam.DecompressionError as error:
        if body[:1] != b"\x0a":  # how a push begins that was not packed
            raise NotAPush(str(error)) from error
        return body


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _stream(stream: dict[str, Any], path: str, notes: Notes) -> Iterator[LogLine]:
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
                yield LogLine(str(time), text, known, {})
            case [str() | int() | float() as time, str(text), metadata, *_more] if type(time) is not bool:
                yield LogLine(str(time), text, known, _texts(metadata))
            case _:
                notes.odd(f"{path}.values.{m}", entry, "[time, line]")


def _older(stream: dict[str, Any], path: str, notes: Notes) -> Iterator[LogLine]:
    labels = stream.get("labels")
    known = _labels(labels.encode("utf-8", "replace")) if isinstance(labels, str) else _texts(labels)
    for m, entry in enumerate(stream["entries"]):
        match entry:
            case {"line": str(text), "ts": str() | int() | float() as time} if type(time) is not bool:
                yield LogLine(str(time), text, known, {})
            case _:
                notes.odd(f"{path}.entries.{m}", entry, "an object with ts and line")


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {name: lenient_json.as_text(part) for name, part in value.items() if part is not None}


def _labels(text: bytes) -> dict[str, str]:
    return {name: _unquoted(value) for name, value in _LABEL.findall(_text(text))}


def _unquoted(value: str) -> str:
    try:
        return lenient_json.as_text(json.loads(f'"{value}"', strict=False))
    except ValueError:
        # Go's quoting has escapes that JSON's has not.
        return value
