"""The framing of a Sentry envelope: a header line, then items, each a header line and a payload of raw bytes.

An item's ``length`` is optional; without it the payload ends at the next line end (docs/protocols.md, section
6.1; https://develop.sentry.dev/sdk/data-model/envelopes/). Where a length is wrong, or a line is no header,
reading goes on at the next line that looks like an item's header: one bad item costs nothing but itself.
"""

from typing import Any

from msgspec import Struct, field

from app import settings
from app.protocols.sentry.envelope_lines import (
    BLANK,
    HEADER_LIMIT,
    LOOKED_INTO,
    first_line_start,
    is_event,
    is_item_header,
    json_object,
    next_header,
    skip_blanks,
)
from app.protocols.wire import lenient_json
from app.protocols.wire.notes import Notes

# Items of one JSON document: what begins behind that is another item.
_DOCUMENTS = frozenset(("event", "feedback", "user_report", "check_in"))


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


class _Walk(Struct):
    """How far `read` has come."""

    body: bytes
    items: list[EnvelopeItem] = field(default_factory=list)
    notes: Notes = field(default_factory=lambda: Notes(subject="envelope"))
    is_whole: bool = True


def read(body: bytes) -> EnvelopeReading:
    """Every item that can be read. Raises nothing: `EnvelopeReading.problems` describe the rest."""
    start = first_line_start(body)
    walk = _Walk(body, [], Notes(subject="envelope"))
    if start == len(body):
        return EnvelopeReading({}, (), ("The envelope is empty.",), is_whole=False)
    end = _line_end(walk, start)
    header = json_object(body[start:end])
    if _is_bare_event(body, start, end, header):
        walk.notes.problem("The envelope is a bare event.")
        return EnvelopeReading(
            {}, (EnvelopeItem({"type": "event"}, body[start:], start),), walk.notes.sentences()
        )
    if header is None or is_item_header(header):
        walk.notes.problem(
            "The envelope's header is missing." if header else "The envelope's header is not JSON."
        )
        walk.is_whole = header is not None
        end = start - 1 if header is not None else end
        header = {}
    position = end + 1
    most = settings.limits().events
    while position < len(body):
        if body[position] in BLANK:
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
    if header is not None and skip_blanks(body, end) < len(body):
        return False
    return is_event(body, start) and next_header(body, end) == len(body)


def _read_item(walk: _Walk, position: int) -> int:
    """Read the item whose header begins at `position`; where the next one may begin."""
    body = walk.body
    end = _line_end(walk, position)
    header = json_object(body[position:end])
    start = min(end + 1, len(body))
    names_none = header is not None and not isinstance(header.get("type"), str)
    if names_none and is_event(body[:end], position):
        walk.notes.problem(f"The envelope is malformed: an event has no item header (at byte {position}).")
        walk.items.append(EnvelopeItem({"type": "event"}, body[position:end], position))
        return end + 1
    if header is None or (names_none and "type" not in header and not is_event(body, start)):
        what = "a line is no item header" if header is None else "an item header names no type"
        walk.notes.problem(f"The envelope is malformed: {what} (at byte {position}); it is left out.")
        walk.is_whole = False
        return next_header(body, start)
    if names_none:
        walk.notes.problem(f"The envelope is malformed: an item names no type (at byte {position}).")
        if is_event(body, start):
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
    return _before(body, start, next_header(body, start))


def _is_misjudged(body: bytes, header: dict[str, Any], start: int, after: int) -> bool:
    """Whether a JSON document cannot end at `after`, though a line does: it goes on, or there are two."""
    kind = header.get("type")
    if not isinstance(kind, str) or kind not in _DOCUMENTS:
        return False
    if body[max(start, after - LOOKED_INTO) : after].rstrip()[-1:] != b"}":
        return True
    line_end = body.find(b"\n", start, after)
    if line_end < 0:
        return False
    behind = skip_blanks(body, after)
    return (behind < len(body) and body[behind] != 123) or next_header(body, line_end) < after


def _line_payload_end(walk: _Walk, start: int) -> int:
    """The end of a payload without a length: of its line, or of its last line where it has several."""
    body = walk.body
    after = body.find(b"\n", start)
    if after < 0:
        return len(body)
    behind = skip_blanks(body, after)
    if behind == len(body) or (body[start] == 123 and body[start:after].endswith((b"}", b"}\r"))):
        return after
    end = body.find(b"\n", behind)
    if json_object(body[behind : end if end >= 0 else len(body)]) is not None:
        return after
    walk.notes.problem(f"An item without a length has several lines (at byte {start}).")
    return _before(body, start, next_header(body, after + 1))


def _before(body: bytes, start: int, header: int) -> int:
    """The end of a payload before the next item's header, or of the body."""
    end = header - 1 if header < len(body) else header
    while end > start and body[end - 1] in b"\r\n":
        end -= 1
    return max(start, end)


def _line_end(walk: _Walk, start: int) -> int:
    end = walk.body.find(b"\n", start)
    end = len(walk.body) if end < 0 else end
    if end - start > HEADER_LIMIT:
        walk.notes.problem(f"A header line is longer than {HEADER_LIMIT} bytes (at byte {start}).")
    return end
