"""The framing of a Sentry envelope: a header line, then items, each a header line and a payload of raw bytes.

An item's ``length`` is optional; without it the payload ends at the next line end (docs/protocols.md, section
6.1; https://develop.sentry.dev/sdk/data-model/envelopes/). Where a length is wrong, or a line is no header,
the next line that looks like an item's header is where things go on: one bad item costs nothing but itself.
`check` is for the receive path: it looks no further than the first item, and into no payload. `read` is for
the digest: it gives what can be read and names the problems with the rest. What `check` lets pass has at
least one item for `read`, or is an envelope that means to have none.
"""

import re
from typing import Any

import msgspec
from msgspec import Struct, field

from app import settings
from app.protocols.protocol import Malformed
from app.protocols.wire import broken_json, lenient_json
from app.protocols.wire.notes import Notes

# What the specification allows; longer ones are read, and noted.
HEADER_LIMIT = 8192
_LONGEST_HEADER = 1 << 20
_BLANK = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"
_LOOKED_INTO = 1 << 12
_NEXT = re.compile(rb'^\{[ \t]*(?:"[^\n]{0,8192})?"type"[ \t]*:', re.MULTILINE)
# What an item's payload has, and its header never.
_IN_PAYLOADS = frozenset(
    "event_id timestamp start_timestamp exception message logentry contexts spans breadcrumbs level body "
    "items segment_id stacktrace tags value values".split()
)
_EVENT_WORDS = re.compile(rb'"(?:exception|message|logentry|stacktrace|sentry\.interfaces\.\w+)"\s*:')
# Items of one JSON document: what begins behind that is another item.
_DOCUMENTS = frozenset(("event", "feedback", "user_report", "check_in"))
_EVENT_ID = re.compile(rb'"event_id"\s*:\s*"([0-9a-fA-F-]{32,36})"')
_DSN = re.compile(rb'"dsn"\s*:\s*"([^"\\]{1,300})"')


class EnvelopeHeader(Struct):
    """What the receive path needs of the envelope's header. Each may be of any type."""

    event_id: Any = None
    dsn: Any = None
    trace: Any = None


class EnvelopeItem(Struct, frozen=True):
    """One item; `offset` is where its payload begins in the envelope."""

    header: dict[str, Any]
    payload: bytes
    offset: int

    @property
    def type(self) -> str:
        """The item's type, as text whatever the client sent."""
        kind = self.header.get("type")
        return kind if isinstance(kind, str) else f"{kind}"


class EnvelopeReading(Struct, frozen=True):
    """A whole envelope as far as it could be read; `problems` say what was wrong.

    `is_whole` is false where bytes are left that belong to no item.
    """

    header: dict[str, Any]
    items: tuple[EnvelopeItem, ...]
    problems: tuple[str, ...] = ()
    is_whole: bool = True


class _Frame(Struct):
    """What the walk needs of an item's header."""

    type: str


class _Walk(Struct):
    """How far `read` has come."""

    body: bytes
    items: list[EnvelopeItem] = field(default_factory=list)
    notes: Notes = field(default_factory=lambda: Notes(subject="envelope"))
    is_whole: bool = True


_header = msgspec.json.Decoder(EnvelopeHeader)
_any = msgspec.json.Decoder(Any)
_frame = msgspec.json.Decoder(_Frame)


def check_header(body: bytes, *, complete: bool) -> tuple[EnvelopeHeader, int]:
    """The envelope's header, and where its items begin.

    A header that cannot be read is empty; `check` decides what the rest is worth. Raises `Malformed` for an
    empty body.
    """
    start = _begin(body)
    if start == len(body) and complete:
        raise Malformed("the envelope is empty", 0)
    end = body.find(b"\n", start)
    if end < 0:
        if not complete:
            return _glanced(body), len(body)
        end = len(body)
    try:
        return _header.decode(body[start:end]), end + 1
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        header = _object(body[start:end])
    # `check` looks at a header that is none, or nearly one, as well: alone it is nothing.
    if header is None:
        return _glanced(body[start:end]), start
    return EnvelopeHeader(*map(header.get, EnvelopeHeader.__struct_fields__)), start


def check(body: bytes, position: int) -> None:
    """Whether anything can be read in the items from `position` on. Raises `Malformed` if nothing can."""
    position = _behind_blanks(body, position)
    if position >= len(body):
        return
    end = body.find(b"\n", position)
    line = body[position : end if end >= 0 else len(body)]
    try:
        _frame.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        _check_odd(body, position, line)


def _check_odd(body: bytes, position: int, line: bytes) -> None:
    header = _object(line)
    is_first = position == _begin(body)
    if header is not None and (_is_item(header) or _is_event(body, position + len(line))):
        return
    if (is_first and _is_event(body, position)) or _next_header(body, position) < len(body):
        return
    if is_first and header is not None and body[position + len(line) :].strip():
        check(body, position + len(line))
        return
    if not is_first and _is_item(_object(body[_begin(body) :].partition(b"\n")[0]) or {}):
        return
    what = "envelope header" if is_first else "item header"
    why = "is not JSON" if header is None else "names no type"
    raise Malformed(f"the {what} {why}, and no item behind it can be read", position)


def read(body: bytes) -> EnvelopeReading:
    """Every item that can be read. Raises nothing: `EnvelopeReading.problems` tell of the rest."""
    start = _begin(body)
    walk = _Walk(body, [], Notes(subject="envelope"))
    if start == len(body):
        return EnvelopeReading({}, (), ("The envelope is empty.",), is_whole=False)
    end = _line_end(walk, start)
    header = _object(body[start:end])
    if _is_bare_event(body, start, end, header):
        walk.notes.problem("The envelope is a bare event.")
        return EnvelopeReading(
            {}, (EnvelopeItem({"type": "event"}, body[start:], start),), walk.notes.sentences()
        )
    if header is None or _is_item(header):
        walk.notes.problem(
            "The envelope's header is missing." if header else "The envelope's header is not JSON."
        )
        walk.is_whole = header is not None
        end = start - 1 if header is not None else end
        header = {}
    position = end + 1
    most = settings.limits().events
    while position < len(body):
        if body[position] in _BLANK:
            position += 1
        elif len(walk.items) >= most:
            walk.notes.problem(f"Of the envelope's items the first {most:,} are read.")
            walk.is_whole = False
            break
        else:
            position = _read_item(walk, position)
    problems = walk.notes.sentences() if walk.notes.problems else ()
    return EnvelopeReading(header, tuple(walk.items), problems, walk.is_whole)


def _is_bare_event(body: bytes, start: int, end: int, header: dict[str, Any] | None) -> bool:
    """Whether somebody sent an event without an envelope around it."""
    if header is not None and _behind_blanks(body, end) < len(body):
        return False
    return _is_event(body, start) and _next_header(body, end) == len(body)


def _read_item(walk: _Walk, position: int) -> int:
    """Read the item whose header begins at `position`; where the next one may begin."""
    body = walk.body
    end = _line_end(walk, position)
    header = _object(body[position:end])
    start = min(end + 1, len(body))
    names_none = header is not None and not isinstance(header.get("type"), str)
    if header is None or (names_none and "type" not in header and not _is_event(body, start)):
        what = "a line is no item header" if header is None else "an item header names no type"
        walk.notes.problem(f"The envelope is malformed: {what} (at byte {position}); it is left out.")
        walk.is_whole = False
        return _next_header(body, start)
    if names_none:
        walk.notes.problem(f"The envelope is malformed: an item names no type (at byte {position}).")
        if _is_event(body, start):
            header = {**header, "type": "event"}
    after = _payload_end(walk, header, start)
    payload = body[start:after]
    if "length" not in header and payload[-1:] == b"\r":
        payload = payload[:-1]
    walk.items.append(EnvelopeItem(header, payload, start))
    return after + 1


def _payload_end(walk: _Walk, header: dict[str, Any], start: int) -> int:
    """Where the payload at `start` ends, by its length, or else by what comes behind it."""
    body, length = walk.body, header.get("length")
    size = len(body)
    if isinstance(length, str) and length.isascii() and length.isdigit() and len(length) < 19:
        walk.notes.problem(f"An item's length is the text {length!r}.")
        length = int(length)
    if length is None:
        return _line_payload_end(walk, start)
    if type(length) is int and 0 <= length <= size - start:
        after = start + length
        ends_line = after == size or body[after] == 10 or body[after : after + 2] == b"\r\n"
        if ends_line and not (body[start : start + 1] == b"{" and _is_misjudged(body, header, start, after)):
            return after
        reason = f"is {length} bytes, which is not where its payload ends"
    elif type(length) is int and length >= 0:
        reason = f"is {length} bytes, but only {size - start} are left"
    else:
        reason = f"is {lenient_json.as_text(length)[:40]}, not a number of bytes"
    walk.notes.problem(
        f"The envelope is malformed: an item's length {reason} (at byte {start}); "
        "it is read up to the next item header."
    )
    return _before(body, start, _next_header(body, start))


def _is_misjudged(body: bytes, header: dict[str, Any], start: int, after: int) -> bool:
    """Whether a JSON document cannot end at `after`, though a line does: it goes on, or there are two."""
    kind = header.get("type")
    if not isinstance(kind, str) or kind not in _DOCUMENTS:
        return False
    if body[max(start, after - _LOOKED_INTO) : after].rstrip()[-1:] != b"}":
        return True
    line_end = body.find(b"\n", start, after)
    if line_end < 0:
        return False
    behind = _behind_blanks(body, after)
    return (behind < len(body) and body[behind] != 123) or _next_header(body, line_end) < after


def _line_payload_end(walk: _Walk, start: int) -> int:
    """The end of a payload without a length: of its line, or of its last line where it has several."""
    body = walk.body
    after = body.find(b"\n", start)
    if after < 0:
        return len(body)
    behind = _behind_blanks(body, after)
    if behind == len(body) or (body[start] == 123 and body[start:after].endswith((b"}", b"}\r"))):
        return after
    end = body.find(b"\n", behind)
    if _object(body[behind : end if end >= 0 else len(body)]) is not None:
        return after
    walk.notes.problem(f"An item without a length has several lines (at byte {start}).")
    return _before(body, start, _next_header(body, after + 1))


def _before(body: bytes, start: int, header: int) -> int:
    """The end of a payload before the next item's header, or of the body."""
    end = header - 1 if header < len(body) else header
    while end > start and body[end - 1] in b"\r\n":
        end -= 1
    return max(start, end)


def _next_header(body: bytes, start: int) -> int:
    """Where the next line begins that is an item's header; the length of `body` if there is none."""
    position = start
    while match := _NEXT.search(body, position):
        end = body.find(b"\n", match.start())
        end = len(body) if end < 0 else end
        header = _object(body[match.start() : end]) if end - match.start() <= HEADER_LIMIT else None
        if header is not None and _is_item(header):
            return match.start()
        position = end
    return len(body)


def _is_item(header: dict[str, Any]) -> bool:
    return isinstance(header.get("type"), str) and _IN_PAYLOADS.isdisjoint(header)


def _is_event(body: bytes, start: int) -> bool:
    """Whether the payload at `start`, of an item that names no type, is that of an event."""
    looked_into = body[start : start + _LOOKED_INTO].lstrip()
    return looked_into[:1] == b"{" and _EVENT_WORDS.search(looked_into) is not None


def _begin(body: bytes) -> int:
    """Where the first line begins that says anything."""
    return _behind_blanks(body, 3 if body.startswith(_MARK) else 0)


def _behind_blanks(body: bytes, start: int) -> int:
    while start < len(body) and body[start] in _BLANK:
        start += 1
    return start


def _line_end(walk: _Walk, start: int) -> int:
    end = walk.body.find(b"\n", start)
    end = len(walk.body) if end < 0 else end
    if end - start > HEADER_LIMIT:
        walk.notes.problem(f"A header line is longer than {HEADER_LIMIT} bytes (at byte {start}).")
    return end


def _glanced(line: bytes) -> EnvelopeHeader:
    """What can be seen of a header that is not there whole, or broken."""
    event_id, dsn = _EVENT_ID.search(line), _DSN.search(line)
    return EnvelopeHeader(
        event_id[1].decode("latin-1") if event_id else None,
        dsn[1].decode("latin-1", "replace") if dsn else None,
    )


def _object(line: bytes) -> dict[str, Any] | None:
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
