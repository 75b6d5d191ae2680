"""The framing of a Sentry envelope: a header line, then items, each a header line and a payload of raw bytes.

An item's ``length`` is optional; without it the payload ends at the next line end (docs/protocols.md, section
6.1; https://develop.sentry.dev/sdk/data-model/envelopes/). `check` is for the receive path: it walks the
frame and looks into no payload. `read` is for the digest: it gives what can be read and names the problem
with the rest.
"""

from typing import Any

import msgspec
from msgspec import Struct

from app import settings
from app.protocols import lenient_json
from app.protocols.protocol import Malformed

HEADER_LIMIT = 8192


class Header(Struct):
    """What the receive path needs of the envelope's header. Each may be of any type."""

    event_id: Any = None
    dsn: Any = None
    trace: Any = None


class Item(Struct, frozen=True):
    """One item; `offset` is where its payload begins in the envelope."""

    header: dict[str, Any]
    payload: bytes
    offset: int

    @property
    def type(self) -> str:
        """The item's type, as text whatever the client sent."""
        kind = self.header.get("type")
        return kind if isinstance(kind, str) else f"{kind}"


class Reading(Struct, frozen=True):
    """A whole envelope as far as it could be read; `problem` says why not all of it was."""

    header: dict[str, Any]
    items: tuple[Item, ...]
    problem: str | None


class _Frame(Struct):
    """What the walk needs of an item's header."""

    type: str
    length: int | None = None


_header = msgspec.json.Decoder(Header)
_any = msgspec.json.Decoder(Any)
_frame = msgspec.json.Decoder(_Frame)


def check_header(body: bytes, *, complete: bool) -> tuple[Header, int]:
    """The envelope's header, and where its items begin. Raises `Malformed`."""
    if not body or body.isspace():
        raise Malformed("the envelope is empty", 0)
    end = _line_end(body, 0, complete=complete)
    try:
        return _header.decode(body[:end]), end + 1
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        header = _object(body[:end], "envelope header", 0)
        return Header(*map(header.get, Header.__struct_fields__)), end + 1


def check(body: bytes, position: int) -> None:
    """Walk the items from `position` to the end of the envelope. Raises `Malformed`."""
    size = len(body)
    while position < size:
        if body[position] == 10:
            position += 1
            continue
        end = _line_end(body, position, complete=True)
        length = _frame_of(body[position:end], position).length
        if length is None:
            position = body.find(b"\n", end + 1) + 1 or size
        else:
            position = _after(body, position, min(end + 1, size), length)


def read(body: bytes) -> Reading:
    """Every item that can be read. Raises nothing: `Reading.problem` tells of the rest."""
    items: list[Item] = []
    header: dict[str, Any] = {}
    try:
        if not body or body.isspace():
            raise Malformed("the envelope is empty", 0)
        end = _line_end(body, 0, complete=True)
        header = _object(body[:end], "envelope header", 0)
        _read_items(body, end + 1, items)
    except Malformed as problem:
        return Reading(header, tuple(items), f"The envelope is malformed: {problem}.")
    return Reading(header, tuple(items), None)


def _read_items(body: bytes, position: int, items: list[Item]) -> None:
    size = len(body)
    while position < size:
        if body[position] == 10:
            position += 1
            continue
        end = _line_end(body, position, complete=True)
        header = _object(body[position:end], "item header", position)
        start = min(end + 1, size)
        length = header.get("length")
        if length is None:
            after = body.find(b"\n", start)
            after = size if after < 0 else after
        elif type(length) is int and length >= 0:
            after = start + length
        else:
            raise Malformed(f"the item's length is {length!r}, not a number of bytes", position)
        if len(items) >= settings.limits().events:
            raise Malformed(f"of its items the first {len(items):,} are read", position)
        items.append(Item(header, body[start:after], start))
        if length is not None:
            _after(body, position, start, length)
        position = after + 1


def _line_end(body: bytes, start: int, *, complete: bool) -> int:
    end = body.find(b"\n", start, start + HEADER_LIMIT + 1)
    if end < 0:
        if len(body) - start > HEADER_LIMIT or not complete:
            raise Malformed(f"a header line is longer than {HEADER_LIMIT} bytes", start)
        end = len(body)
    return end


def _after(body: bytes, header_at: int, start: int, length: int) -> int:
    """Where the next item begins, given a payload of `length` bytes at `start`."""
    if length < 0:
        raise Malformed(f"the item's length is {length}, not a number of bytes", header_at)
    end = start + length
    if end > len(body):
        there = max(0, len(body) - start)
        raise Malformed(f"the item's length is {length} bytes, but only {there} are left", header_at)
    if end < len(body) and body[end] != 10:
        raise Malformed("the item's payload is longer than its length says", end)
    return end + 1


def _frame_of(line: bytes, offset: int) -> _Frame:
    try:
        return _frame.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        header = _object(line, "item header", offset)
    kind, length = header.get("type"), header.get("length")
    if type(kind) is not str:
        raise Malformed("the item header names no type", offset)
    if length is not None and type(length) is not int:
        raise Malformed(f"the item's length is {length!r}, not a number of bytes", offset)
    return _Frame(kind, length)


def _object(line: bytes, what: str, offset: int) -> dict[str, Any]:
    try:
        value = _any.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        try:
            value, _problems = lenient_json.decode(line)
        except ValueError:
            raise Malformed(f"the {what} is not JSON", offset) from None
    if not isinstance(value, dict):
        raise Malformed(f"the {what} is not a JSON object", offset)
    return value
