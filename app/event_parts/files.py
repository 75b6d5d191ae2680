"""What can be shown of a file that came with an event: its kind by its bytes, and a bounded part as text.

A name and a media type are claims of whoever sent them: an image is what begins as one. Nothing here builds a
document, follows a reference or runs anything; an SVG is text.
"""

from typing import Any

from msgspec import DecodeError, Struct, json

from app import digest
from app.event_parts import markup_text, minidumps
from app.event_parts.hex_text import hex_lines, is_binary
from app.event_parts.pieces import Line
from app.secrets_in_text import hide

LONGEST_TEXT = 500_000
LONGEST_JSON = 2_000_000
_IMAGES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Preview(Struct, frozen=True, kw_only=True):
    """`kind` is a word for people. One of the others is what there is to see, and `note` says what is not.

    `image` is Qt's name of the image's format, which is decoded elsewhere.
    """

    kind: str
    image: str = ""
    values: Any = None
    lines: tuple[Line, ...] = ()
    note: str = ""


def image_format(content: bytes) -> str:
    """`png`, `jpeg`, `gif`, `webp` or `bmp` by its first bytes; empty for all else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((name for sign, name in _IMAGES if content.startswith(sign)), "")


def preview(content: bytes) -> Preview:
    """What to show of a file. Raises nothing."""
    if not content:
        return Preview(kind="empty", note="The file is empty.")
    if image := image_format(content):
        return Preview(kind="image", image=image)
    if content.startswith(minidumps.SIGNATURE):
        return Preview(kind="minidump", values=minidumps.summary(content))
    if is_binary(content):
        lines = hex_lines(content)
        note = (
            f"The first {16 * len(lines):,} of {len(content):,} bytes."
            if len(content) > 16 * len(lines)
            else ""
        )
        return Preview(kind="binary", lines=markup_text.plain_lines("\n".join(lines)), note=note)
    return _text(content)


def _text(content: bytes) -> Preview:
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    start = content.lstrip()[:1]
    if start in (b"{", b"[") and len(content) <= LONGEST_JSON:
        text = content.decode(encoding, "replace")
        try:
            value = json.decode(text)
        except (DecodeError, RecursionError, UnicodeEncodeError):
            return _lines(hide(text), len(content), "text", markup_text.json_lines)
        return Preview(kind="JSON", values=digest.scrubbing.value(value))
    text = hide(content[:LONGEST_TEXT].decode(encoding, "replace"))
    if start == b"<":
        return _lines(text, len(content), "markup", markup_text.markup_lines)
    return _lines(text, len(content), "text", markup_text.plain_lines)


def _lines(text: str, size: int, kind: str, split: Any) -> Preview:
    note = f"The first {LONGEST_TEXT:,} of {size:,} bytes." if size > LONGEST_TEXT else ""
    lines = split(text[:LONGEST_TEXT].replace("\r\n", "\n").rstrip("\n"))
    return Preview(kind=kind, lines=lines, note=note)
