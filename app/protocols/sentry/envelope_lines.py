"""The lines of a Sentry envelope: which is an item's header, and which payload is an event's.

https://develop.sentry.dev/sdk/data-model/envelopes/
"""

import re
from typing import Any

import msgspec

from app.protocols.wire import broken_json

# What the specification allows; longer ones are read, and noted.
HEADER_LIMIT = 8192
_LONGEST_HEADER = 1 << 20
BLANK = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"
LOOKED_INTO = 1 << 12
_NEXT = re.compile(rb'^\{[ \t]*(?:"[^\n]{0,8192})?"type"[ \t]*:', re.MULTILINE)
# What an item's payload has, and its header never.
_IN_PAYLOADS = frozenset(
    "event_id timestamp start_timestamp exception message logentry contexts spans breadcrumbs level body "
    "items segment_id stacktrace tags value values".split()
)
_EVENT_WORDS = re.compile(rb'"(?:exception|message|logentry|stacktrace|sentry\.interfaces\.\w+)"\s*:')
_any = msgspec.json.Decoder(Any)


def first_line_start(body: bytes) -> int:
    """Where the first line begins that says anything."""
    return skip_blanks(body, 3 if body.startswith(_MARK) else 0)


def skip_blanks(body: bytes, start: int) -> int:
    """Where the blanks and line ends from `start` on end."""
    while start < len(body) and body[start] in BLANK:
        start += 1
    return start


def next_header(body: bytes, start: int) -> int:
    """Where the next line begins that is an item's header; the length of `body` if there is none."""
    position = start
    while match := _NEXT.search(body, position):
        end = body.find(b"\n", match.start())
        end = len(body) if end < 0 else end
        header = json_object(body[match.start() : end]) if end - match.start() <= HEADER_LIMIT else None
        if header is not None and is_item_header(header):
            return match.start()
        position = end
    return len(body)


def is_item_header(header: dict[str, Any]) -> bool:
    """Whether an object may be an item's header: it names a type, and nothing that only payloads have."""
    return isinstance(header.get("type"), str) and _IN_PAYLOADS.isdisjoint(header)


def is_event(body: bytes, start: int) -> bool:
    """Whether the payload at `start`, of an item that names no type, is that of an event."""
    looked_into = body[start : start + LOOKED_INTO].lstrip()
    return looked_into[:1] == b"{" and _EVENT_WORDS.search(looked_into) is not None


def json_object(line: bytes) -> dict[str, Any] | None:
    """The JSON object that a line is, as strictly or leniently as it takes."""
    if len(line) > _LONGEST_HEADER:
        return None
    try:
        value = _any.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        if line.lstrip()[:1] != b"{":
            return None
        return broken_json.read_object(line)
    return value if isinstance(value, dict) else None
