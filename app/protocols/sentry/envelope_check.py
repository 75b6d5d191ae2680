"""Checks a Sentry envelope on the receive path: reads its header, and whether any item can be read.

It looks no further than the first item that can be read, and into no payload. What passes has at least one
item for `envelope.read`, or is an envelope that means to have none.
"""

import re
from typing import Any

import msgspec
from msgspec import Struct

from app.protocols.protocol import Malformed
from app.protocols.sentry.envelope_lines import (
    first_line_start,
    is_event,
    is_item_header,
    json_object,
    next_header,
    skip_blanks,
)

_EVENT_ID = re.compile(rb'"event_id"\s*:\s*"([0-9a-fA-F-]{32,36})"')
_DSN = re.compile(rb'"dsn"\s*:\s*"([^"\\]{1,300})"')


class EnvelopeHeader(Struct):
    """What the receive path needs of the envelope's header. Each may be of any type."""

    event_id: Any = None
    dsn: Any = None
    trace: Any = None


class _ItemHeader(Struct):
    """What is needed of an item's header."""

    type: str


_header = msgspec.json.Decoder(EnvelopeHeader)
_item_header = msgspec.json.Decoder(_ItemHeader)


def check_header(body: bytes, *, complete: bool) -> tuple[EnvelopeHeader, int]:
    """The envelope's header, and where its items begin.

    A header that cannot be read is empty; `check` decides what the rest is worth. Raises `Malformed` for an
    empty body.
    """
    start = first_line_start(body)
    if start == len(body) and complete:
        raise Malformed("the envelope is empty", 0)
    end = body.find(b"\n", start)
    if end < 0:
        if not complete:
            return _peeked_header(body), len(body)
        end = len(body)
    try:
        return _header.decode(body[start:end]), end + 1
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        header = json_object(body[start:end])
    # `check` looks at a header that is none, or nearly one, as well: alone it is nothing.
    if header is None:
        return _peeked_header(body[start:end]), start
    return EnvelopeHeader(*map(header.get, EnvelopeHeader.__struct_fields__)), start


def check(body: bytes, position: int) -> None:
    """Whether anything can be read in the items from `position` on. Raises `Malformed` if nothing can."""
    position = skip_blanks(body, position)
    if position >= len(body):
        return
    end = body.find(b"\n", position)
    line = body[position : end if end >= 0 else len(body)]
    try:
        _item_header.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _check_odd(body, position, line)


def _check_odd(body: bytes, position: int, line: bytes) -> None:
    header = json_object(line)
    is_first = position == first_line_start(body)
    if header is not None and (is_item_header(header) or is_event(body, position + len(line))):
        return
    if (is_first and is_event(body, position)) or next_header(body, position) < len(body):
        return
    if is_first and header is not None and body[position + len(line) :].strip():
        check(body, position + len(line))
        return
    if not is_first and is_item_header(json_object(body[first_line_start(body) :].partition(b"\n")[0]) or {}):
        return
    what = "envelope header" if is_first else "item header"
    why = "is not JSON" if header is None else "names no type"
    raise Malformed(f"the {what} {why}, and no item behind it can be read", position)


def _peeked_header(line: bytes) -> EnvelopeHeader:
    """The id and the DSN in a header that is incomplete or broken."""
    event_id, dsn = _EVENT_ID.search(line), _DSN.search(line)
    return EnvelopeHeader(
        event_id[1].decode("latin-1") if event_id else None,
        dsn[1].decode("latin-1", "replace") if dsn else None,
    )
