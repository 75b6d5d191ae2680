"""A report's body by its parts, as a person looks through it: the items of an envelope, else all of it."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec import DecodeError, Struct, json

from app import digest
from app.event_parts import markup_text, set_out
from app.event_parts.hex_text import hex_lines, is_binary
from app.event_parts.pieces import Line
from app.plain_text import one_line
from app.protocols.sentry import envelope
from app.secrets_in_text import hide

LARGEST_TREE = 1_000_000
LINES_AT_ONCE = 300
_LONGEST_LINE = 100_000


class ReportPart(Struct, frozen=True):
    """One part. `is_event`: it is what the page is about."""

    title: str
    content: bytes
    is_event: bool = False


def parts_of(protocol: str, body: bytes) -> list[ReportPart]:
    """The parts of a body that was decoded, in their order. Raises nothing."""
    if protocol != "sentry.envelope":
        return [ReportPart("Body", body, is_event=True)]
    reading = envelope.read(body)
    if not reading.items:
        return [ReportPart("Body", body, is_event=True)]
    parts = [ReportPart("Envelope header", json.encode(reading.header))] if reading.header else []
    for item in reading.items:
        name = item.header.get("filename")
        title = f"{item.type}: {one_line(name, 80)}" if isinstance(name, str) else item.type
        parts.append(ReportPart(one_line(title, 100), item.payload, is_event=item.type == "event"))
    return parts


class PartText:
    """The text of a part, set out as far as it was asked for. One thread at a time."""

    def __init__(self, content: bytes, *, bare: bool) -> None:
        self._bare = bare
        self._is_binary = is_binary(content)
        self._lines: Iterator[str] = iter(
            hex_lines(content, LINES_AT_ONCE * 4)
            if self._is_binary
            else set_out.lines(content.decode("utf-8", "replace"))
        )

    def more(self) -> tuple[Line, ...]:
        """The next lines, their secrets hidden; none at the end."""
        lines = [line[:_LONGEST_LINE] for line in islice(self._lines, LINES_AT_ONCE)]
        if not lines:
            return ()
        text = "\n".join(lines)
        if self._is_binary:
            return markup_text.plain_lines(text)
        return markup_text.json_lines(text if self._bare else hide(text))


def tree_of(content: bytes, *, bare: bool) -> Any:
    """The value of a part that is JSON and not too large to be read at once; None of any other."""
    if len(content) > LARGEST_TREE or content.lstrip()[:1] not in (b"{", b"["):
        return None
    try:
        value = json.decode(content)
    except (DecodeError, RecursionError, UnicodeError):
        return None
    return value if bare else digest.scrubbing.value(value)
